using NSft.Data.Formats;
using NSft.Data.Validation;
using static NSft.Data.Tests.Validation.Rows;

namespace NSft.Data.Tests.Validation;

public sealed class RowCheckTests
{
    private static readonly ValidationOptions WithMarkers = new() { MarkersAreRequired = true };

    [Fact]
    public void Validate_GoodRows_FindsNothing()
    {
        DatasetRecord conversation = Pair(3, question: "<image>\nWhat is it?") with
        {
            Prompt = [new DatasetMessage(DatasetRole.System, "Be brief."), Human("<image>\nWhat is it?"), Assistant("A cube."), Human("Its colour?")],
        };
        (ValidationSummary summary, List<DatasetProblem> problems) = Validate(new ValidationOptions(), Pair(1), Pair(2, rejected: null), conversation);

        Assert.Empty(problems);
        Assert.Equal((3L, 0L, 0L), (summary.Rows, summary.RowsWithErrors, summary.UntrainedRows));
    }

    [Fact]
    public void Validate_UnreadableRow_KeepsReasonRowAndHint()
    {
        List<DatasetProblem> problems = [];
        ValidationSummary summary = new DatasetValidator(new ValidationOptions()).Validate(
            [new RecordRead(Pair(1), null), new RecordRead(null, new RowProblem("f.json", 2, "x", "no question", "add it"))],
            problems.Add,
            cancellation: TestContext.Current.CancellationToken);

        Assert.Equal([new DatasetProblem(2, "x", ProblemKind.Shape, ProblemSeverity.Error, "no question", "add it")], problems);
        Assert.Equal((2L, 1L, 1L), (summary.Rows, summary.RowsWithErrors, summary.UntrainedRows));
        Assert.Equal("row 2 (id x): no question; add it", problems[0].ToString());
    }

    [Fact]
    public void Roles_TwoQuestionsInARow_AreAnError()
    {
        DatasetRecord record = Pair(1) with { Prompt = [Human("What?"), Human("Where?")] };
        Assert.Contains("message 2 of prompt is from human", Single(ProblemKind.Roles, ProblemSeverity.Error, record).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_AssistantFirst_IsAnError() =>
        Single(ProblemKind.Roles, ProblemSeverity.Error, Pair(1) with { Prompt = [Assistant("Hello."), Human("What?")] });

    [Fact]
    public void Roles_PromptWithoutQuestion_IsAnError() => Single(ProblemKind.Roles, ProblemSeverity.Error, Pair(1) with { Prompt = [] });

    [Fact]
    public void Roles_HumanInAnswer_IsAnError()
    {
        DatasetRecord record = Pair(1) with { Rejected = [Human("What?")] };
        Assert.Contains("rejected", Single(ProblemKind.Roles, ProblemSeverity.Error, record).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_NoAnswer_TrainsNothing()
    {
        DatasetRecord record = Pair(1) with { Chosen = null };
        Single(ProblemKind.Roles, ProblemSeverity.Error, record);
        Assert.Equal(1, Validate(new ValidationOptions(), record).Summary.UntrainedRows);
    }

    [Theory]
    [InlineData("<image><image>What?", "2 <image> markers for 1 images")]
    [InlineData("What?", "0 <image> markers for 1 images")]
    public void Markers_NotAsManyAsImages_AreAnError(string question, string reason) =>
        Assert.Contains(reason, Single(ProblemKind.Markers, ProblemSeverity.Error, Pair(1, question: question), WithMarkers).Reason, StringComparison.Ordinal);

    [Fact]
    public void Markers_OfTextRow_AreAnError()
    {
        List<DatasetProblem> problems = Validate(new ValidationOptions(), Pair(1, question: "<image>\nWhat?") with { Images = [] }).Problems;
        Assert.Equal([(ProblemKind.Markers, ProblemSeverity.Error), (ProblemKind.ImageCount, ProblemSeverity.Warning)], problems.Select(problem => (problem.Kind, problem.Severity)));
    }

    [Fact]
    public void ImageCount_NoneOrSeveral_IsAWarning()
    {
        Single(ProblemKind.ImageCount, ProblemSeverity.Warning, Pair(1) with { Images = [] });
        Single(ProblemKind.ImageCount, ProblemSeverity.Warning, Pair(1) with { Images = [new DatasetImage("a.jpg", null), new DatasetImage("b.jpg", null)] });
    }

    [Fact]
    public void Markers_FormatWithoutThem_MayLeaveThemOut() => Assert.Empty(Validate(new ValidationOptions(), Pair(1)).Problems);

    [Fact]
    public void Markers_InLaterQuestion_AreAnError()
    {
        DatasetRecord record = Pair(1) with { Prompt = [Human("What?"), Assistant("A cube."), Human("<image> And here?")] };
        Assert.Contains("outside the first question", Single(ProblemKind.Markers, ProblemSeverity.Error, record, WithMarkers).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    public void Empty_ChosenAnswer_IsAnErrorAndTrainsNothing(string answer)
    {
        DatasetRecord record = Pair(1, chosen: answer);
        Single(ProblemKind.Empty, ProblemSeverity.Error, record);
        Assert.Equal(1, Validate(new ValidationOptions(), record).Summary.UntrainedRows);
    }

    [Fact]
    public void Empty_RejectedAnswer_StillTrainsChosen()
    {
        DatasetRecord record = Pair(1, rejected: " ");
        Single(ProblemKind.Empty, ProblemSeverity.Error, record);
        Assert.Equal(0, Validate(new ValidationOptions(), record).Summary.UntrainedRows);
    }

    [Fact]
    public void Empty_QuestionOfAMarkerAlone_IsAnError() => Single(ProblemKind.Empty, ProblemSeverity.Error, Pair(1, question: " <image>\n "));

    [Theory]
    [InlineData("A red cube.", "a  RED cube")]
    [InlineData("No", "No.")]
    public void EqualAnswers_SameWords_AreAnError(string chosen, string rejected) =>
        Single(ProblemKind.EqualAnswers, ProblemSeverity.Error, Pair(1, chosen, rejected));

    [Theory]
    [InlineData("A cube.</s>", ProblemSeverity.Error)]
    [InlineData("A cube. ASSISTANT: yes", ProblemSeverity.Error)]
    [InlineData("See <image>", ProblemSeverity.Error)]
    [InlineData("A cube.<|im_end|>", ProblemSeverity.Warning)]
    public void TemplateToken_InAnswer_IsNamed(string answer, ProblemSeverity severity) =>
        Assert.Contains("chosen", Single(ProblemKind.TemplateToken, severity, Pair(1, chosen: answer)).Reason, StringComparison.Ordinal);

    [Fact]
    public void TemplateToken_InQuestion_IsAnError() => Single(ProblemKind.TemplateToken, ProblemSeverity.Error, Pair(1, question: "USER: what?"));

    [Theory]
    [InlineData("A caf\uFFFD.", "U+FFFD")]
    [InlineData("A caf\u00C3\u00A9.", "Windows-1252")]
    [InlineData("It\u00E2\u20AC\u2122s red.", "Windows-1252")]
    [InlineData("A\u0000cube.", "control character")]
    public void Encoding_DamagedText_IsAWarning(string answer, string reason) =>
        Assert.Contains(reason, Single(ProblemKind.Encoding, ProblemSeverity.Warning, Pair(1, rejected: answer)).Reason, StringComparison.Ordinal);

    [Fact]
    public void Encoding_AccentsAndOtherScripts_AreFine() =>
        Assert.Empty(Validate(new ValidationOptions(), Pair(1, chosen: "Un caf\u00E9 \u00E0 c\u00F4t\u00E9, \u7EA2\u8272\n\ttab.")).Problems);
}
