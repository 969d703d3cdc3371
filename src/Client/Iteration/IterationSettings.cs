using NSft.Data.Construction;
using NSft.Grains.Hosting;
using NSft.Training;

namespace NSft.Client.Iteration;

/// <summary>What to iterate on, and how. Sampling and training name the base model; rounds put their own in its place.</summary>
internal sealed record IterationSettings
{
    /// <summary>Folder of all rounds.</summary>
    public required string Output { get; init; }

    /// <summary>Rounds of sampling, construction and training; at least 1.</summary>
    public required int Rounds { get; init; }

    /// <summary>Whether each training starts from the base model instead of the weights of the round before.</summary>
    public bool IsFromBase { get; init; }

    /// <summary>Pairs made of one prompt at most.</summary>
    public int PairsPerPrompt { get; init; } = 1;

    /// <summary>How the first round samples; later ones add their number to the seed.</summary>
    public required SamplingSettings Sampling { get; init; }

    /// <summary>How corrective data is constructed; the data is each round's pairs.</summary>
    public required ConstructionSettings Construction { get; init; }

    /// <summary>How each round trains.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>Workers of sampling and training, and silos of construction; the result does not depend on it.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Steps between checkpoints of a training, so that it goes on from the middle; 0 for none.</summary>
    public int CheckpointEvery { get; init; }

    /// <summary>What each round's weights are evaluated on.</summary>
    public required IterationBenchmarks Benchmarks { get; init; }

    /// <summary>Lexicon that construction takes.</summary>
    public string Lexicon => Construction.Lexicon;

    /// <summary>Most turns of a corrective conversation.</summary>
    public ConstructionOptions Turns => Construction.Options;
}
