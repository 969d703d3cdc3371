using NSft.Collectives;
using NSft.Training.Sessions;

namespace NSft.Training;

/// <summary>Trains with one session and no cluster. With the exact reductions a cluster run ends with the same bits.</summary>
public static class LocalTrainer
{
    // The first step measures its exponents, and a redo with measured exponents fits.
    private const int TryLimit = 3;

    /// <summary>Runs all steps that are left.</summary>
    /// <param name="session">An open session; used on the calling thread.</param>
    /// <param name="onStep">Called after each committed step.</param>
    /// <param name="cancellation">Checked before each shard.</param>
    /// <returns>The records of the steps.</returns>
    /// <exception cref="UserInputException">The run cannot go on, for example because a gradient is not finite.</exception>
    public static IReadOnlyList<StepRecord> Run(TrainingSession session, Action<StepRecord>? onStep = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var records = new List<StepRecord>();
        while (session.NextStep < session.Facts.TotalSteps)
        {
            StepRecord record = RunStep(session, cancellation);
            records.Add(record);
            onStep?.Invoke(record);
        }

        return records;
    }

    /// <summary>Runs the next step.</summary>
    /// <param name="session">An open session; used on the calling thread.</param>
    /// <param name="cancellation">Checked before each shard.</param>
    public static StepRecord RunStep(TrainingSession session, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        int[]? exponents = null;
        for (int tries = 0; tries < TryLimit; tries++)
        {
            var all = new ShardRange(0, session.Facts.ShardCount);
            PrepareReport report = session.Prepare(session.NextStep, all, exponents, null, cancellation);
            StepDecision decision = StepPolicy.Decide(session.NextStep, all.Count, session.Facts.DataBits, [report]);
            switch (decision.Action)
            {
                case StepAction.Commit:
                    ReduceReport reduced = session.Reduce(session.Facts.Layout.Whole);
                    double norm = ReduceMerge.Norm([reduced.BlockSums]);
                    int[]? next = ReduceMerge.NextExponents(session.Facts.DataBits, [reduced.SliceMaxima]);
                    return session.Commit(new StepCommit(decision.Sums, decision.Counts, norm, next));
                case StepAction.Redo:
                    exponents = decision.Exponents;
                    break;
                default:
                    throw new UserInputException(decision.Reason);
            }
        }

        throw new InvalidOperationException($"Step {session.NextStep} did not fit its own measured exponents.");
    }
}
