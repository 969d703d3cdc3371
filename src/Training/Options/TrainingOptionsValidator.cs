using System.Globalization;
using NSft.Collectives;

namespace NSft.Training;

/// <summary>Checks options before anything is loaded. Every problem names the option and what to do.</summary>
public static class TrainingOptionsValidator
{
    /// <summary>Finds what is wrong.</summary>
    /// <param name="options">Options to check.</param>
    /// <returns>One line a problem; empty when the options can be used.</returns>
    public static IReadOnlyList<string> Validate(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        CheckPaths(options, problems);
        CheckBatch(options, problems);
        CheckLength(options, problems);
        CheckOptimizer(options, problems);
        CheckObjective(options, problems);
        CheckAdapter(options, problems);
        return problems;
    }

    /// <summary>Throws when options cannot be used.</summary>
    /// <param name="options">Options to check.</param>
    /// <exception cref="UserInputException">All problems on one line.</exception>
    public static void EnsureValid(TrainingOptions options)
    {
        IReadOnlyList<string> problems = Validate(options);
        if (problems.Count > 0)
        {
            throw new UserInputException(string.Join("; ", problems));
        }
    }

    private static void CheckPaths(TrainingOptions options, List<string> problems)
    {
        Require(problems, "--model", options.ModelDirectory, "the folder of a LLaVA checkpoint");
        Require(problems, "--tokenizer", options.TokenizerPath, "a SentencePiece model file");
        Require(problems, "--data", options.DataPath, "a file of preference rows");
        Require(problems, "--images", options.ImageDirectory, "the folder of the images");
        Require(problems, "--template", options.Template, "the name or file of a conversation template");
        Require(problems, "--device", options.Device, "cpu or cuda");
    }

    private static void CheckBatch(TrainingOptions options, List<string> problems)
    {
        Check(problems, options.GlobalBatch >= 1, "--global-batch", options.GlobalBatch, "give at least 1 row");
        Check(problems, options.ShardCount is null or (>= 1 and <= FixedPoint.MaxShardCount), "--shards", options.ShardCount, "give 1 to 127");
        Check(problems, Enum.IsDefined(options.Reduction), "--reduction", options.Reduction, "give exact, exact64, fp32 or bf16");
        Check(problems, Enum.IsDefined(options.Dtype), "--dtype", options.Dtype, "give float32 or bfloat16");
        Check(problems, Enum.IsDefined(options.ImageMode), "--image-mode", options.ImageMode, "give pad or crop");
        Check(problems, options.MaxLength is null or >= 2, "--max-length", options.MaxLength, "give at least 2 tokens");
    }

    private static void CheckLength(TrainingOptions options, List<string> problems)
    {
        Check(problems, options.Epochs is null or >= 1, "--epochs", options.Epochs, "give at least 1");
        Check(problems, options.Steps is null or >= 1, "--steps", options.Steps, "give at least 1");
        if (options.Epochs is not null && options.Steps is not null)
        {
            problems.Add("--epochs and --steps exclude each other: give one");
        }

        Check(problems, options.WarmupSteps is null or >= 0, "--warmup-steps", options.WarmupSteps, "give 0 or more");
        Check(problems, options.WarmupRatio is null or (>= 0 and < 1), "--warmup-ratio", options.WarmupRatio, "give 0 to below 1");
        if (options.WarmupSteps is not null && options.WarmupRatio is not null)
        {
            problems.Add("--warmup-steps and --warmup-ratio exclude each other: give one");
        }
    }

    private static void CheckOptimizer(TrainingOptions options, List<string> problems)
    {
        Check(problems, options.LearningRate is null || IsPositive(options.LearningRate.Value), "--lr", options.LearningRate, "give a number above 0");
        Check(problems, IsNotNegative(options.WeightDecay), "--weight-decay", options.WeightDecay, "give 0 or more");
        Check(problems, IsNotNegative(options.Clip), "--clip", options.Clip, "give a norm above 0, or 0 for no clipping");
    }

    private static void CheckObjective(TrainingOptions options, List<string> problems)
    {
        Check(problems, Enum.IsDefined(options.Objective), "--objective", options.Objective, "give sft, nsft or dpo");
        Check(problems, IsPositive(options.Beta), "--beta", options.Beta, "give a number above 0");
        Check(problems, IsNotNegative(options.ChosenWeight), "--chosen-weight", options.ChosenWeight, "give 0 or more");
        Check(problems, IsNotNegative(options.NegativeWeight), "--negative-weight", options.NegativeWeight, "give 0 or more");
        if (options.Objective != ObjectiveKind.Nsft)
        {
            return;
        }

        if (options.ChosenWeight == 0 && options.NegativeWeight == 0)
        {
            problems.Add("--chosen-weight and --negative-weight are both 0: give one a weight");
        }

        if (string.IsNullOrWhiteSpace(options.CorrectivePath) && options.NegativeWeight > 0)
        {
            problems.Add("--corrective is missing: nsft needs corrective conversations, make them with 'nsft construct'");
        }
    }

    private static void CheckAdapter(TrainingOptions options, List<string> problems)
    {
        Check(problems, options.LoraRank >= 0, "--lora-rank", options.LoraRank, "give a rank above 0, or 0 for full training");
        Check(problems, options.LoraAlpha is null || IsPositive(options.LoraAlpha.Value), "--lora-alpha", options.LoraAlpha, "give a number above 0");
        Check(problems, options.LoraTargets is null || options.LoraTargets.Count > 0, "--lora-targets", "nothing", "name at least one projection");
        if (options.LoraRank == 0 && (options.LoraAlpha is not null || options.LoraTargets is not null))
        {
            problems.Add("--lora-alpha and --lora-targets need --lora-rank above 0");
        }
    }

    private static bool IsPositive(double value) => double.IsFinite(value) && value > 0;

    private static bool IsNotNegative(double value) => double.IsFinite(value) && value >= 0;

    private static void Require(List<string> problems, string option, string? value, string what)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            problems.Add($"{option} is missing: give {what}");
        }
    }

    private static void Check(List<string> problems, bool holds, string option, object? value, string remedy)
    {
        if (!holds)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{option} cannot be {value}: {remedy}"));
        }
    }
}
