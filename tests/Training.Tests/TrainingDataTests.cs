using System.Text.Json;
using NSft.Collectives;
using NSft.Model.Conversation;
using NSft.Training.Samples;
using NSft.Training.Sessions;

namespace NSft.Training.Tests;

public sealed class TrainingDataTests : IDisposable
{
    private static readonly (string Image, string Question, string Chosen)[] Rows =
    [
        ("0.png", "Is there a red truck in the image?", "Yes, there is a red truck."),
        ("1.png", "How many cups are in the picture?", "There are 3 cups next to the lamp."),
        ("2.png", "Is this a cookbook?", "No."),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("nsft-training-data").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_FixtureRows_AreEncodedAsTheReferenceDid()
    {
        TrainingData data = TrainingData.Load(Options(ObjectiveKind.Sft));

        Assert.Equal(3, data.Samples.Count);
        Assert.Empty(data.Problems);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(TinyRun.Data.Samples[i].Chosen.Ids, data.Samples[i].Chosen.Ids);
            Assert.Equal(TinyRun.Data.Samples[i].Chosen.Labels, data.Samples[i].Chosen.Labels);
            Assert.Null(data.Samples[i].Other);
        }
    }

    [Fact]
    public void Load_ThenTrain_StartsAtTheReferenceLoss()
    {
        TrainingOptions options = Options(ObjectiveKind.Sft);
        using TrainingSession session = TrainingSession.Open(options, TrainingData.Load(options));

        StepRecord first = LocalTrainer.RunStep(session, TestContext.Current.CancellationToken);

        Assert.Equal(6.844153881072998, first.Loss, 1e-5);
        Assert.Equal(8.636009216308594, first.GradNorm, 8e-3);
    }

    [Fact]
    public void Load_Dpo_EncodesTheRejectedAnswer()
    {
        TrainingData data = TrainingData.Load(Options(ObjectiveKind.Dpo));

        Assert.All(data.Samples, sample => Assert.NotEqual(sample.Chosen.Ids, sample.Other!.Ids));
    }

    [Fact]
    public void Load_CorrectiveConversations_AreJoinedByPairIdOrOwnId()
    {
        string corrective = WriteCorrective(
            new { id = "c-0", image = "0.png", conversations = Turns(2), meta = new { pair_id = "row-0" } },
            new { id = "row-2", image = "2.png", conversations = Turns(1) });

        TrainingData data = TrainingData.Load(Options(ObjectiveKind.Nsft) with { CorrectivePath = corrective });

        Assert.Empty(data.Problems);
        Assert.Equal([true, false, true], data.Samples.Select(sample => sample.Other is not null));
        Assert.True(data.Samples[0].Other!.LabelCount > data.Samples[2].Other!.LabelCount);
    }

    [Fact]
    public void Load_CorrectiveProblems_AreListedOrStrictErrors()
    {
        string corrective = WriteCorrective(
            new { id = "row-0", image = "0.png", conversations = Turns(1) },
            new { id = "again", image = "0.png", conversations = Turns(1), meta = new { pair_id = "row-0" } },
            new { id = "stranger", image = "0.png", conversations = Turns(1) },
            new { id = "row-1", image = "0.png", conversations = Turns(1) });
        TrainingOptions options = Options(ObjectiveKind.Nsft) with { CorrectivePath = corrective };

        TrainingData data = TrainingData.Load(options);

        Assert.Equal(["again", "stranger", "row-1"], data.Problems.Select(problem => problem.Id));
        Assert.Equal([2, 3, 4], data.Problems.Select(problem => problem.Row));
        Assert.Throws<UserInputException>(() => TrainingData.Load(options with { Strict = true }));
    }

    [Fact]
    public void Load_NoCorrectiveConversationFits_IsAnError()
    {
        string corrective = WriteCorrective(new { id = "stranger", image = "0.png", conversations = Turns(1) });

        UserInputException error = Assert.Throws<UserInputException>(
            () => TrainingData.Load(Options(ObjectiveKind.Nsft) with { CorrectivePath = corrective }));
        Assert.Contains("ids must agree", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_RowsAboveTheLengthLimit_AreLeftOutAndNamed()
    {
        TrainingOptions options = Options(ObjectiveKind.Sft);
        int limit = TrainingData.Load(options).Samples.Max(sample => sample.Chosen.Ids.Length) - 1;

        TrainingData data = TrainingData.Load(options with { MaxLength = limit });

        Assert.NotEmpty(data.Problems);
        Assert.Equal(3, data.Samples.Count + data.Problems.Count);
        Assert.Contains("--max-length", data.Problems[0].ToString(), StringComparison.Ordinal);
        Assert.Throws<UserInputException>(() => TrainingData.Load(options with { MaxLength = limit, Strict = true }));
        Assert.Throws<UserInputException>(() => TrainingData.Load(options with { MaxLength = 5 }));
    }

    [Fact]
    public void Hash_ContentAlone_DecidesIt()
    {
        TrainingData data = TrainingData.Load(Options(ObjectiveKind.Sft));
        EncodedConversation text = data.Samples[0].Chosen;
        TrainingSample changed = data.Samples[0] with { Chosen = text with { Labels = [.. text.Ids] } };

        Assert.Equal(data.Hash, TrainingData.Load(Options(ObjectiveKind.Sft)).Hash);
        Assert.NotEqual(data.Hash, new TrainingData([changed, .. data.Samples.Skip(1)], []).Hash);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Export_AfterTraining_WritesWhatCanBeLoadedAgain(int rank)
    {
        TrainingOptions options = Options(ObjectiveKind.Sft) with { LoraRank = rank };
        using TrainingSession session = TrainingSession.Open(options, TrainingData.Load(options));
        LocalTrainer.Run(session, null, TestContext.Current.CancellationToken);
        string target = Path.Combine(_folder, "out");

        session.Export(target);

        if (rank > 0)
        {
            Assert.True(File.Exists(Path.Combine(target, "adapter_config.json")));
            return;
        }

        TrainingOptions further = options with { ModelDirectory = target };
        using TrainingSession reloaded = TrainingSession.Open(further, TrainingData.Load(options));
        Assert.Equal(session.WeightsHash(), reloaded.WeightsHash());
    }

    private static object[] Turns(int count) =>
        [.. Enumerable.Range(0, count).SelectMany(i => new object[]
        {
            new { from = "human", value = (i == 0 ? "<image>\n" : "") + "Is there a lamp?" },
            new { from = "gpt", value = "No." },
        })];

    private string WriteCorrective(params object[] rows)
    {
        string path = Path.Combine(_folder, "corrective.json");
        File.WriteAllText(path, JsonSerializer.Serialize(rows));
        return path;
    }

    private TrainingOptions Options(ObjectiveKind objective)
    {
        string path = Path.Combine(_folder, "rows.json");
        var rows = Rows.Select((row, i) => new { id = $"row-{i}", image = row.Image, question = row.Question, chosen = row.Chosen, rejected = "There is a dog." });
        File.WriteAllText(path, JsonSerializer.Serialize(rows));
        return TinyRun.Options with { DataPath = path, Template = "scenes", Objective = objective, Steps = 2, CorrectivePath = null };
    }
}
