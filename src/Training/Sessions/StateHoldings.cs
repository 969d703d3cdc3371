using NSft.Collectives;

namespace NSft.Training.Sessions;

/// <summary>Which weights are current and which moments are held, at which step. Pure bookkeeping; not thread-safe.</summary>
/// <remarks>
/// A new worker stands at step 0 with the run's initial weights and all moments, which are zero. A commit updates the elements whose
/// weights are current, whose moments are held and whose gradient total is known; the weights of all others are stale afterwards and
/// their moments are not held any more, for they are those of an older step.
/// </remarks>
/// <param name="whole">All elements.</param>
internal sealed class StateHoldings(ElementRange whole)
{
    private readonly RangeSet _all = RangeSet.Of(whole);

    /// <summary>Number of committed steps.</summary>
    internal int NextStep { get; private set; }

    /// <summary>Elements whose moments are those of <see cref="NextStep"/>.</summary>
    internal RangeSet HeldMoments { get; private set; } = RangeSet.Of(whole);

    /// <summary>Elements whose moments have, or are to get, a place here.</summary>
    internal RangeSet RequiredMoments { get; private set; } = RangeSet.Of(whole);

    /// <summary>Elements whose weights are not those of <see cref="NextStep"/>.</summary>
    internal RangeSet StaleWeights { get; private set; } = RangeSet.Empty;

    /// <summary>All weights are current and all required moments are held.</summary>
    internal bool IsSynced => StaleWeights.IsEmpty && HeldMoments.Contains(RequiredMoments);

    /// <summary>Forgets what is held and stands at a step. Weights that never left step 0 stay current there.</summary>
    internal void Begin(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        bool isUntouched = step == 0 && NextStep == 0 && StaleWeights.IsEmpty;
        NextStep = step;
        StaleWeights = isUntouched ? RangeSet.Empty : _all;
        HeldMoments = RangeSet.Empty;
        RequiredMoments = RangeSet.Empty;
    }

    /// <summary>Makes room for moments; before the first commit they are zero and so held at once.</summary>
    internal void Require(RangeSet ranges)
    {
        RequiredMoments = RequiredMoments.Union(ranges.Intersect(_all));
        if (NextStep == 0)
        {
            HeldMoments = RequiredMoments;
        }
    }

    /// <summary>Gives up all other moments.</summary>
    internal void KeepOnly(RangeSet ranges)
    {
        RequiredMoments = RequiredMoments.Intersect(ranges);
        HeldMoments = HeldMoments.Intersect(ranges);
    }

    /// <summary>Whether these parts of a range can be read.</summary>
    internal bool CanRead(StateParts parts, ElementRange range) =>
        (!parts.HasFlag(StateParts.Weights) || StaleWeights.Intersect(RangeSet.Of(range)).IsEmpty)
        && (!parts.HasFlag(StateParts.Moments) || HeldMoments.Contains(range));

    /// <summary>Whether these parts of a range, as of a step, can be taken.</summary>
    internal bool CanWrite(int step, StateParts parts, ElementRange range) =>
        step == NextStep && (!parts.HasFlag(StateParts.Moments) || RequiredMoments.Contains(range));

    /// <summary>These parts of a range were written.</summary>
    internal void NoteWritten(StateParts parts, ElementRange range)
    {
        if (parts.HasFlag(StateParts.Weights))
        {
            StaleWeights = StaleWeights.Except(RangeSet.Of(range));
        }

        if (parts.HasFlag(StateParts.Moments))
        {
            HeldMoments = HeldMoments.Union(RangeSet.Of(range));
        }
    }

    /// <summary>What a commit updates.</summary>
    /// <param name="totals">Elements whose gradient total is known.</param>
    internal RangeSet Updatable(RangeSet totals) => HeldMoments.Intersect(totals).Except(StaleWeights);

    /// <summary>A step was committed.</summary>
    /// <param name="updated">What was updated.</param>
    internal void Advance(RangeSet updated)
    {
        NextStep++;
        HeldMoments = updated;
        StaleWeights = _all.Except(updated);
    }
}
