using NSft.Grains.Hosting;

namespace NSft.Client.Quickstart;

/// <summary>All that a quickstart found.</summary>
/// <param name="Methods">The baseline first, then the trained methods.</param>
/// <param name="Construction">The corrective conversations.</param>
/// <param name="Shape">How the methods were trained.</param>
/// <param name="Duration">Time of the whole.</param>
internal sealed record QuickstartResult(
    IReadOnlyList<MethodResult> Methods, ConstructionOutcome Construction, RunShape Shape, TimeSpan Duration);
