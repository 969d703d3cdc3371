using NSft.Collectives;
using NSft.Data.Formats;
using NSft.Data.Validation;
using static NSft.Data.Tests.Validation.Rows;

namespace NSft.Data.Tests.Validation;

/// <summary>Checks that ask a model's tokenizer or look into images.</summary>
public sealed class ProbedCheckTests
{
    [Theory]
    [InlineData("gone.jpg", ProblemKind.ImageMissing, ProblemSeverity.Error)]
    [InlineData("broken.jpg", ProblemKind.ImageUnreadable, ProblemSeverity.Error)]
    [InlineData("tiny.jpg", ProblemKind.ImageSmall, ProblemSeverity.Warning)]
    public void Images_BadOnes_AreNamedWithAHint(string image, ProblemKind kind, ProblemSeverity severity) =>
        Assert.Contains(image, Single(kind, severity, Pair(1, image: image), new ValidationOptions { Images = new FakeImages() }).Reason, StringComparison.Ordinal);

    [Fact]
    public void Images_OfSeveralRows_AreReportedForEach()
    {
        List<DatasetProblem> problems = Validate(
            new ValidationOptions { Images = new FakeImages() }, Enumerable.Range(1, 100).Select(row => Pair(row, image: "gone.jpg", question: $"What is {row}?"))).Problems;
        Assert.Equal(Enumerable.Range(1, 100), problems.Select(problem => problem.Row));
    }

    [Fact]
    public void Images_OutOfSight_AreNotReported() =>
        Assert.Empty(Validate(new ValidationOptions { Images = new FakeImages { IsBlind = true } }, Pair(1, image: "gone.jpg")).Problems);

    [Fact]
    public void Length_AnswerBeyondTheLimit_SaysWhatItLoses()
    {
        DatasetProblem problem = Single(ProblemKind.TooLong, ProblemSeverity.Error, Pair(1, rejected: new string('x', 60)), new ValidationOptions { Meter = new LetterMeter(80) });
        Assert.Equal(
            "rejected has 91 tokens, 16 of them for images; the limit is 80: cut on the right, the answer would lose 11 of 61 tokens and its </s>", problem.Reason);
    }

    [Fact]
    public void Length_QuestionBeyondTheLimit_TrainsNothing()
    {
        (ValidationSummary summary, List<DatasetProblem> problems) = Validate(
            new ValidationOptions { Meter = new LetterMeter(80) }, Pair(1, question: new string('q', 70), rejected: null));
        Assert.Equal([ProblemKind.TooLong, ProblemKind.NothingTrained], problems.Select(problem => problem.Kind));
        Assert.Contains("the whole answer would be lost", problems[0].Reason, StringComparison.Ordinal);
        Assert.Equal(1, summary.UntrainedRows);
    }

    [Fact]
    public void Length_LimitInsideTheImage_SaysSo()
    {
        List<DatasetProblem> problems = Validate(new ValidationOptions { Meter = new LetterMeter(10) }, Pair(1, rejected: null)).Problems;
        Assert.Contains("through the image", problems[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Length_RowThatIsNoConversation_IsLeftToOtherChecks() =>
        Single(ProblemKind.Empty, ProblemSeverity.Error, Pair(1, chosen: " "), new ValidationOptions { Meter = new LetterMeter(80) });

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 1, 0xFF, 0xC0, 0, 11, 8, 0, 9, 0, 9, 1, 1, 0x11, 0 }, "L")]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xC2, 0, 17, 8, 0, 9, 0, 9, 3, 1, 0x11, 0 }, "RGB")]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, 0, 9, 0, 9, 4, 1, 0x11, 0 }, "CMYK")]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0, 4 }, "unknown")]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0xFF, 0xE0, 0, 0, 0, 0, 0, 0, 0, 0 }, "unknown")]
    public void ImageHeader_Jpeg_TellsItsMode(byte[] file, string mode) => Assert.Equal(mode, ImageHeader.ModeOf(file));

    [Theory]
    [InlineData("GIF89a", "GIF")]
    [InlineData("RIFF0000WEBPVP8 ", "WebP")]
    [InlineData("<!DOCTYPE html>", "HTML")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "Git LFS")]
    [InlineData("", "empty")]
    public void ImageHeader_OtherFiles_AreCalledByTheirKind(string text, string kind) =>
        Assert.Contains(kind, ImageHeader.KindOf(System.Text.Encoding.ASCII.GetBytes(text)), StringComparison.Ordinal);

    private sealed class FakeImages : IImageProbe
    {
        public bool IsBlind { get; init; }

        public bool CanSee(DatasetImage image) => !IsBlind;

        public ImageFacts? Probe(DatasetImage image) => image.Path switch
        {
            "gone.jpg" => null,
            "broken.jpg" => throw new UserInputException("images/broken.jpg: the JPEG image is truncated."),
            "tiny.jpg" => new ImageFacts(20, 300, "RGB"),
            _ => new ImageFacts(336, 336, "RGB"),
        };
    }

    /// <summary>Every letter is a token, an image is 16, an answer ends with one more.</summary>
    private sealed class LetterMeter(int limit) : IConversationMeter
    {
        public int Limit => limit;

        public ConversationLength Measure(DatasetRecord record, IReadOnlyList<DatasetMessage> answer)
        {
            int trained = answer[0].Text.Trim().Length + 1;
            if (trained == 1)
            {
                throw new UserInputException("the answer is empty");
            }

            int question = 16 + record.Prompt[0].Text.Length;
            return new ConversationLength(question + trained, 16, trained, Math.Clamp(limit - question, 0, trained), 16);
        }
    }
}
