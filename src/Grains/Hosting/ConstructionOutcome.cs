using NSft.Data.Construction;

namespace NSft.Grains.Hosting;

/// <summary>A completed construction job.</summary>
/// <param name="Conversations">One conversation for each pair, in the order of the data; some have no turns and are not written.</param>
/// <param name="Provenance">Where they come from; written with every row.</param>
/// <param name="Summary">The conversations in numbers.</param>
/// <param name="Problems">Rows of the data that cannot be used, one line each.</param>
/// <param name="RetriedBlocks">Tries of blocks that failed.</param>
/// <param name="Silos">Silos that constructed a block.</param>
/// <param name="Duration">Time from the request to the written result.</param>
public sealed record ConstructionOutcome(
    IReadOnlyList<CorrectiveConversation> Conversations,
    ConstructionProvenance Provenance,
    ConstructionSummary Summary,
    IReadOnlyList<string> Problems,
    int RetriedBlocks,
    IReadOnlyList<string> Silos,
    TimeSpan Duration);
