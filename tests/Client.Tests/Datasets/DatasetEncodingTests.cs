using NSft.Client.Datasets;
using NSft.Collectives;
using NSft.Data.Formats;
using NSft.Data.Validation;
using NSft.Model.Conversation;
using NSft.Training;
using NSft.Training.Samples;

namespace NSft.Client.Tests.Datasets;

public sealed class DatasetEncodingTests
{
    private static readonly DatasetEncoding Encoding = DatasetEncoding.Load(Fixture.SampleModel, Fixture.SampleTokenizer, "scenes", null);

    [Fact]
    public void Encode_SampleRows_IsWhatTrainingReads()
    {
        TrainingData training = TrainingData.Load(new TrainingOptions
        {
            ModelDirectory = Fixture.SampleModel,
            TokenizerPath = Fixture.SampleTokenizer,
            DataPath = Fixture.Sample("preferences.json"),
            ImageDirectory = Fixture.SampleImages,
            Template = "scenes",
            Objective = ObjectiveKind.Dpo,
        });
        DatasetRecord[] rows = [.. DatasetInput.Open("--data", Fixture.Sample("preferences.json"), null, null).Read().Select(read => read.Record!)];

        Assert.Equal(training.Samples.Count, rows.Length);
        foreach ((TrainingSample sample, DatasetRecord row) in training.Samples.Zip(rows))
        {
            AreEqual(sample.Chosen, Encoding.Encode(row, row.Chosen!));
            AreEqual(sample.Other!, Encoding.Encode(row, row.Rejected!));
        }
    }

    [Fact]
    public void Measure_Row_CountsImageAnswerAndWhatALimitKeeps()
    {
        DatasetRecord row = Row([Human("<image>\nIs there a bar in the image?")], "Yes, there is a bar.");
        EncodedConversation whole = Encoding.Encode(row, row.Chosen!);
        ConversationLength length = Encoding.Measure(row, row.Chosen!);
        Assert.Equal(new ConversationLength(whole.Ids.Length, 64, whole.LabelCount, whole.LabelCount, Array.LastIndexOf(whole.Ids, Encoding.Config.ImageTokenId) + 1), length);

        DatasetEncoding shorter = DatasetEncoding.Load(Fixture.SampleModel, Fixture.SampleTokenizer, "scenes", whole.Ids.Length - 3);
        Assert.Equal(length with { KeptTrainedTokens = whole.LabelCount - 3 }, shorter.Measure(row, row.Chosen!));
    }

    [Fact]
    public void Load_LimitAboveTheModelsPositions_IsRefused() =>
        Assert.Throws<UserInputException>(() => DatasetEncoding.Load(Fixture.SampleModel, Fixture.SampleTokenizer, "scenes", 100_000));

    [Fact]
    public void Encode_SystemMessage_IsLeftToTheTemplate()
    {
        DatasetRecord plain = Row([Human("<image>\nWhat?")], "A bar.");
        DatasetRecord instructed = Row([new DatasetMessage(DatasetRole.System, "Be brief."), Human("<image>\nWhat?")], "A bar.");
        AreEqual(Encoding.Encode(plain, plain.Chosen!), Encoding.Encode(instructed, instructed.Chosen!));
    }

    [Fact]
    public void Encode_SeveralImages_IsRefused()
    {
        DatasetRecord row = Row([Human("<image><image>\nWhat?")], "A bar.") with { Images = [new DatasetImage("a.jpg", null), new DatasetImage("b.jpg", null)] };
        Assert.Contains("2 images", Assert.Throws<UserInputException>(() => Encoding.Encode(row, row.Chosen!)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EncodedSide_Conversation_ShowsTrainedSpansAndOneMarker()
    {
        DatasetRecord row = Row([Human("<image>\nWhat?"), new DatasetMessage(DatasetRole.Assistant, "A bar."), Human("Where?")], "On the \u00E9tag\u00E8re.");
        EncodedSide side = new("answer", Encoding.Encode(row, row.Chosen!), Encoding);

        Assert.Equal([false, true, false, true], side.Text().Select(span => span.IsTrained));
        Assert.Equal("<s> USER:<image> \nWhat? ASSISTANT:| A bar.</s>| USER: Where? ASSISTANT:| On the \u00E9tag\u00E8re.</s>", string.Join('|', side.Text().Select(span => span.Text)));
        Assert.Contains("448 <image> x64", side.Tokens()[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("2 </s>", side.Tokens()[^1].Text, StringComparison.Ordinal);
        Assert.Equal(64, side.ImageTokens);
    }

    private static DatasetRecord Row(DatasetMessage[] prompt, string answer) =>
        new("r", [new DatasetImage("a.jpg", null)], prompt, [new DatasetMessage(DatasetRole.Assistant, answer)], null) { Row = 1 };

    private static DatasetMessage Human(string text) => new(DatasetRole.Human, text);

    private static void AreEqual(EncodedConversation expected, EncodedConversation actual)
    {
        Assert.Equal(expected.Ids, actual.Ids);
        Assert.Equal(expected.Labels, actual.Labels);
    }
}
