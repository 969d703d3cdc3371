namespace NSft.Grains.Hosting;

/// <summary>A completed sampling job.</summary>
/// <param name="OutputPath">The completion file.</param>
/// <param name="Problems">Rows of the data that cannot be used, one line each.</param>
/// <param name="RetriedBlocks">Leases of blocks that came to nothing.</param>
/// <param name="Silos">Silos that answered a block.</param>
/// <param name="Duration">Time from the request to the written result.</param>
public sealed record SamplingOutcome(
    string OutputPath,
    IReadOnlyList<string> Problems,
    int RetriedBlocks,
    IReadOnlyList<string> Silos,
    TimeSpan Duration)
{
    /// <summary>Prompts that were answered.</summary>
    public required long PromptCount { get; init; }

    /// <summary>Completions, repeated ones too.</summary>
    public required long CompletionCount { get; init; }

    /// <summary>Tokens of all completions.</summary>
    public required long TokenCount { get; init; }

    /// <summary>Completions that say the same as an earlier one to the same prompt.</summary>
    public required long RepeatedCount { get; init; }

    /// <summary>Completions that were cut at the longest allowed.</summary>
    public required long TruncatedCount { get; init; }

    /// <summary>Completions that say what the true answer says.</summary>
    public required long TrueCount { get; init; }

    /// <summary>Completions that were sampled by this call; the others were found in the work directory.</summary>
    public required long NewCount { get; init; }
}
