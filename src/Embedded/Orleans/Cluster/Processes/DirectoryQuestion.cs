namespace Orleans.Runtime;

/// <summary>A question to the silo that keeps the grain directory.</summary>
/// <param name="Kind">What is wanted.</param>
/// <param name="Version">The membership by which the asker chose the silo.</param>
/// <param name="Subject">The grain or activation; the silo is the activation's, or the asker's.</param>
/// <param name="Hint">The silo that the caller wants the grain on; null for any.</param>
[GenerateSerializer]
internal sealed record DirectoryQuestion(
    [property: Id(0)] DirectoryQuestionKind Kind,
    [property: Id(1)] long Version,
    [property: Id(2)] GrainAddress Subject,
    [property: Id(3)] SiloAddress? Hint);
