using NSft.Collectives;

namespace NSft.Training.Tests;

public class OptionsTests
{
    private static TrainingOptions Valid => new()
    {
        ModelDirectory = "m",
        TokenizerPath = "t",
        DataPath = "d",
        ImageDirectory = "i",
        CorrectivePath = "c",
    };

    [Fact]
    public void Validate_Defaults_AreValid() => Assert.Empty(TrainingOptionsValidator.Validate(Valid));

    [Fact]
    public void Validate_EachBadOption_IsNamedWithItsRemedy()
    {
        (string Option, TrainingOptions Options)[] cases =
        [
            ("--model", Valid with { ModelDirectory = "" }),
            ("--tokenizer", Valid with { TokenizerPath = " " }),
            ("--data", Valid with { DataPath = "" }),
            ("--images", Valid with { ImageDirectory = "" }),
            ("--template", Valid with { Template = "" }),
            ("--corrective", Valid with { CorrectivePath = null }),
            ("--global-batch", Valid with { GlobalBatch = 0 }),
            ("--shards", Valid with { ShardCount = 128 }),
            ("--shards", Valid with { ShardCount = 0 }),
            ("--epochs", Valid with { Epochs = 0 }),
            ("--steps", Valid with { Steps = 0 }),
            ("--epochs and --steps", Valid with { Steps = 1, Epochs = 1 }),
            ("--lr", Valid with { LearningRate = 0 }),
            ("--lr", Valid with { LearningRate = double.NaN }),
            ("--warmup-steps", Valid with { WarmupSteps = -1 }),
            ("--warmup-ratio", Valid with { WarmupRatio = 1 }),
            ("--warmup-steps and --warmup-ratio", Valid with { WarmupSteps = 1, WarmupRatio = 0.1 }),
            ("--weight-decay", Valid with { WeightDecay = -1 }),
            ("--clip", Valid with { Clip = -1 }),
            ("--beta", Valid with { Beta = 0 }),
            ("--chosen-weight", Valid with { ChosenWeight = -1 }),
            ("--negative-weight", Valid with { NegativeWeight = double.PositiveInfinity }),
            ("--chosen-weight and --negative-weight", Valid with { ChosenWeight = 0, NegativeWeight = 0 }),
            ("--max-length", Valid with { MaxLength = 1 }),
            ("--lora-rank", Valid with { LoraRank = -1 }),
            ("--lora-alpha", Valid with { LoraRank = 4, LoraAlpha = 0 }),
            ("--lora-alpha and --lora-targets", Valid with { LoraAlpha = 4 }),
            ("--lora-targets", Valid with { LoraRank = 4, LoraTargets = [] }),
            ("--dtype", Valid with { Dtype = (ComputePrecision)9 }),
            ("--reduction", Valid with { Reduction = (ReductionKind)9 }),
            ("--objective", Valid with { Objective = (ObjectiveKind)9 }),
        ];
        foreach ((string option, TrainingOptions options) in cases)
        {
            string problem = Assert.Single(TrainingOptionsValidator.Validate(options));
            Assert.StartsWith(option + " ", problem, StringComparison.Ordinal);
            Assert.Matches("give|name|need", problem);
        }
    }

    [Fact]
    public void EnsureValid_TwoProblems_AreOneLine()
    {
        UserInputException error = Assert.Throws<UserInputException>(
            () => TrainingOptionsValidator.EnsureValid(Valid with { GlobalBatch = 0, Clip = -1 }));

        Assert.Contains("--global-batch", error.Message, StringComparison.Ordinal);
        Assert.Contains("--clip", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Json_RoundTrip_KeepsEveryOption()
    {
        TrainingOptions options = Valid with { Objective = ObjectiveKind.Dpo, LearningRate = 1e-4, Seed = ulong.MaxValue, LoraRank = 4, LoraTargets = ["q_proj"] };

        string json = TrainingOptionsJson.Write(options);

        Assert.Equal(json, TrainingOptionsJson.Write(TrainingOptionsJson.Read(json)));
        Assert.Equal(options, TrainingOptionsJson.Read(json) with { LoraTargets = options.LoraTargets });
        Assert.Contains("\"dpo\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_UnknownOption_IsAnInputError()
    {
        string json = TrainingOptionsJson.Write(Valid).Replace("globalBatch", "globalBash", StringComparison.Ordinal);

        UserInputException error = Assert.Throws<UserInputException>(() => TrainingOptionsJson.Read(json));
        Assert.Contains("globalBash", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(32, 16)]
    [InlineData(3, 2)]
    [InlineData(1, 1)]
    [InlineData(1024, 127)]
    public void ResolveShardCount_Default_GivesAboutTwoRowsAShard(int batch, int shards) =>
        Assert.Equal(shards, (Valid with { GlobalBatch = batch }).ResolveShardCount());

    [Fact]
    public void ResolveWarmupSteps_Default_RoundsUpAsHuggingFace()
    {
        Assert.Equal(2, Valid.ResolveWarmupSteps(60));
        Assert.Equal(1, Valid.ResolveWarmupSteps(3));
        Assert.Equal(5, (Valid with { WarmupSteps = 5 }).ResolveWarmupSteps(3));
        Assert.Equal(0, (Valid with { WarmupRatio = 0 }).ResolveWarmupSteps(100));
    }
}
