using NSft.Data.Sampling;
using NSft.Evaluation.Running;
using NSft.Model.Generation;

namespace NSft.Grains.Hosting;

/// <summary>What to sample completions from, and how.</summary>
public sealed record SamplingSettings
{
    /// <summary>Samples of a prompt unless asked otherwise.</summary>
    public const int DefaultSampleCount = 4;

    /// <summary>Temperature unless asked otherwise.</summary>
    public const double DefaultTemperature = 0.7;

    /// <summary>The model, the longest answer, how many samples are decoded together, and the noise on images.</summary>
    public required AnswerOptions Model { get; init; }

    /// <summary>Prompts: preference rows, LLaVA conversations, questions or completions.</summary>
    public required string DataPath { get; init; }

    /// <summary>Samples of each prompt; at least 1.</summary>
    public int SampleCount { get; init; } = DefaultSampleCount;

    /// <summary>0 is greedy; above 0 samples.</summary>
    public double Temperature { get; init; } = DefaultTemperature;

    /// <summary>Keep the fewest tokens whose probabilities reach this sum; in (0, 1].</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Keep the k most probable tokens; 0 keeps all.</summary>
    public int TopK { get; init; }

    /// <summary>Seed of all random streams.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether the sentence that asks for a short answer is cut off the end of questions.</summary>
    public bool StripSuffix { get; init; }

    /// <summary>Whether rows without a true answer cannot be used.</summary>
    public bool RequireReference { get; init; }

    /// <summary>Makes rows that cannot be used an error instead of a list.</summary>
    public bool Strict { get; init; }

    /// <summary>Devices that sample at a time, over all silos; 0 for all that are free. The result does not depend on it.</summary>
    public int Workers { get; init; }

    /// <summary>Batches that are leased together; at least 1. The result does not depend on it.</summary>
    public int BlockBatches { get; init; } = 1;

    /// <summary>Folder that the job works in; null for the output's path with an ending.</summary>
    public string? WorkDirectory { get; init; }

    /// <summary>How prompts are read.</summary>
    internal PromptReadOptions ReadOptions() => new()
    {
        ImageDirectory = Model.ImageDirectory,
        StripSuffix = StripSuffix,
        RequireReference = RequireReference,
        Strict = Strict,
    };

    /// <summary>How tokens are chosen.</summary>
    internal SamplingOptions TokenChoice() => new(Model.MaxNewTokens, Temperature, TopK, TopP, Seed);
}
