namespace NSft.Collectives;

/// <summary>Decides a prepared step from the workers' reports. Pure: the decision depends on the shards alone, not on who ran them.</summary>
public static class StepPolicy
{
    /// <summary>Merges reports and decides.</summary>
    /// <param name="step">The step in flight.</param>
    /// <param name="shardCount">Virtual shards of the run.</param>
    /// <param name="dataBits">Data bits of the accumulator; 0 for float kinds.</param>
    /// <param name="reports">One report a worker, in any order.</param>
    /// <returns>Commit with the totals, redo with exponents, or stop with the reason.</returns>
    public static StepDecision Decide(int step, int shardCount, int dataBits, IReadOnlyList<PrepareReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        string? disagreement = FindDisagreement(step, shardCount, reports);
        if (disagreement is not null)
        {
            return Stop(disagreement);
        }

        float[] maxima = MergeMaxima(reports);
        if (!Array.TrueForAll(maxima, float.IsFinite))
        {
            return Stop($"step {step}: a gradient is not finite; lower the learning rate or check the data");
        }

        if (reports.Any(report => !report.IsSummed))
        {
            int[] exponents = ExponentPolicy.Choose(maxima, dataBits, ExponentPolicy.MeasuredMarginBits);
            return new StepDecision(StepAction.Redo, $"step {step}: exponents measured anew", exponents, [], []);
        }

        ShardOutcome[] shards = [.. reports.SelectMany(report => report.Shards).OrderBy(shard => shard.Shard)];
        return new StepDecision(StepAction.Commit, $"step {step}: all {shardCount} shards summed", null, AddSums(shards), AddCounts(shards));
    }

    /// <summary>Largest magnitude of each slice over all reports.</summary>
    /// <param name="reports">At least one report; all with the same number of slices.</param>
    public static float[] MergeMaxima(IReadOnlyList<PrepareReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        float[] merged = [.. reports[0].SliceMaxima];
        foreach (PrepareReport report in reports)
        {
            ReduceMerge.RaiseTo(merged, report.SliceMaxima);
        }

        return merged;
    }

    private static string? FindDisagreement(int step, int shardCount, IReadOnlyList<PrepareReport> reports)
    {
        if (reports.Count == 0)
        {
            return $"step {step}: no report";
        }

        PrepareReport first = reports[0];
        foreach (PrepareReport report in reports)
        {
            if (report.Step != step)
            {
                return $"step {step}: a report is for step {report.Step}";
            }

            if (report.PlanHash != first.PlanHash || report.SliceMaxima.Length != first.SliceMaxima.Length)
            {
                return $"step {step}: workers disagree on the plan ({first.PlanHash} and {report.PlanHash})";
            }
        }

        int[] shards = [.. reports.SelectMany(report => report.Shards).Select(shard => shard.Shard).Order()];
        return shards.SequenceEqual(Enumerable.Range(0, shardCount))
            ? null
            : $"step {step}: shards {string.Join(",", shards)} were run instead of 0 to {shardCount - 1} once each";
    }

    private static double[] AddSums(ShardOutcome[] shards)
    {
        var totals = new double[shards[0].Sums.Length];
        foreach (ShardOutcome shard in shards)
        {
            for (int i = 0; i < totals.Length; i++)
            {
                totals[i] += shard.Sums[i];
            }
        }

        return totals;
    }

    private static long[] AddCounts(ShardOutcome[] shards)
    {
        var totals = new long[shards[0].Counts.Length];
        foreach (ShardOutcome shard in shards)
        {
            for (int i = 0; i < totals.Length; i++)
            {
                totals[i] += shard.Counts[i];
            }
        }

        return totals;
    }

    private static StepDecision Stop(string reason) => new(StepAction.Stop, reason, null, [], []);
}
