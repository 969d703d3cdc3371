namespace NSft.Evaluation.Running;

/// <summary>Which model answers, and how.</summary>
public sealed record AnswerOptions
{
    /// <summary>Batch size when none is chosen.</summary>
    public const int DefaultBatchSize = 50;

    /// <summary>Hugging Face folder of the model.</summary>
    public required string ModelDirectory { get; init; }

    /// <summary>SentencePiece file.</summary>
    public required string TokenizerPath { get; init; }

    /// <summary>PEFT folder, or null for none.</summary>
    public string? AdapterDirectory { get; init; }

    /// <summary>Folder that image paths are relative to.</summary>
    public required string ImageDirectory { get; init; }

    /// <summary>Name or path of the conversation template.</summary>
    public required string Template { get; init; }

    /// <summary>How images become square: pad or crop.</summary>
    public string ImageMode { get; init; } = "pad";

    /// <summary>Number type of the computation: float32 or bfloat16.</summary>
    public string Dtype { get; init; } = "float32";

    /// <summary>Where tensors live: cpu or cuda.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Step of the diffusion noise that images are corrupted with, 0 to 999; null for clean images.</summary>
    public int? NoiseStep { get; init; }

    /// <summary>Seed of that noise.</summary>
    public ulong NoiseSeed { get; init; }

    /// <summary>Longest answer in tokens; at least 1.</summary>
    public int MaxNewTokens { get; init; } = 64;

    /// <summary>Threads that answer, each with one tensor thread; at least 1.</summary>
    public int ThreadCount { get; init; } = Environment.ProcessorCount;

    /// <summary>Questions answered together; at least 1. Fixed, so that answers do not depend on the number of threads.</summary>
    public int BatchSize { get; init; } = DefaultBatchSize;
}
