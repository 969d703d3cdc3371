namespace NSft.Data.Construction.Reporting;

/// <summary>The turns of a part of a set as far as the balance of yes and no goes; parts add up by <see cref="Merge"/>.</summary>
/// <remarks>
/// Turns that may be left out are counted by the first byte of a hash of pair and question, so that a limit on that byte takes out as many
/// as wanted, the same ones on every machine and in every order of work.
/// </remarks>
public sealed record BalanceCounts
{
    /// <summary>Values of the byte.</summary>
    internal const int SlotCount = 256;

    /// <summary>Turns answered yes.</summary>
    public long Yes { get; init; }

    /// <summary>Turns answered no.</summary>
    public long No { get; init; }

    /// <summary>Turns answered otherwise; they do not count for the balance.</summary>
    public long Open { get; init; }

    /// <summary>Confirming turns answered yes, by hash.</summary>
    public IReadOnlyList<int> SpareYes { get; init; } = new int[SlotCount];

    /// <summary>Confirming turns answered no, by hash.</summary>
    public IReadOnlyList<int> SpareNo { get; init; } = new int[SlotCount];

    /// <summary>Correcting turns answered yes whose error another turn corrects as well, by hash.</summary>
    public IReadOnlyList<int> DoubledYes { get; init; } = new int[SlotCount];

    /// <summary>Correcting turns answered no whose error another turn corrects as well, by hash.</summary>
    public IReadOnlyList<int> DoubledNo { get; init; } = new int[SlotCount];

    /// <summary>Share of yes among yes and no, 0 to 1; one half when there are neither.</summary>
    public double YesShare => Yes + No == 0 ? 0.5 : (double)Yes / (Yes + No);

    /// <summary>The counts of two parts together.</summary>
    public BalanceCounts Merge(BalanceCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new BalanceCounts
        {
            Yes = Yes + other.Yes,
            No = No + other.No,
            Open = Open + other.Open,
            SpareYes = Add(SpareYes, other.SpareYes),
            SpareNo = Add(SpareNo, other.SpareNo),
            DoubledYes = Add(DoubledYes, other.DoubledYes),
            DoubledNo = Add(DoubledNo, other.DoubledNo),
        };
    }

    private static int[] Add(IReadOnlyList<int> first, IReadOnlyList<int> second) => [.. first.Zip(second, (one, other) => one + other)];
}
