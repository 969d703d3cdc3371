using NSft.Collectives;
using NSft.Training.Sessions;

namespace NSft.Training.Tests;

/// <summary>A cluster without a network: several sessions on one thread exchange their sums by hand, chunk by chunk.</summary>
internal static class HandExchange
{
    public static StepRecord RunStep(IReadOnlyList<TrainingSession> workers)
    {
        SessionFacts facts = workers[0].Facts;
        int step = workers[0].NextStep;
        int[]? exponents = null;
        while (true)
        {
            PrepareReport[] reports = [.. workers.Select((worker, i) =>
                worker.Prepare(step, ShardPlan.Range(facts.ShardCount, workers.Count, i), exponents, CancellationToken.None))];
            StepDecision decision = StepPolicy.Decide(step, facts.ShardCount, facts.DataBits, [.. reports.Reverse()]);
            Assert.NotEqual(StepAction.Stop, decision.Action);
            exponents = decision.Exponents;
            if (decision.Action == StepAction.Commit)
            {
                Exchange(workers);
                StepCommit commit = Merge(workers, decision);
                return workers.Select(worker => worker.Commit(commit)).ToArray()[0];
            }
        }
    }

    public static StepCommit Merge(IReadOnlyList<TrainingSession> workers, StepDecision decision)
    {
        SessionFacts facts = workers[0].Facts;
        ReducePlan plan = ReducePlan.Create(facts.Layout, workers.Count, facts.BytesPerElement);
        ReduceReport[] reports = [.. workers.Select((worker, seat) => worker.Reduce(plan.Owned(seat)))];
        return new StepCommit(
            decision.Sums,
            decision.Counts,
            ReduceMerge.Norm(reports.Select(report => report.BlockSums)),
            ReduceMerge.NextExponents(facts.DataBits, [.. reports.Select(report => report.SliceMaxima)]));
    }

    public static void Exchange(IReadOnlyList<TrainingSession> workers)
    {
        SessionFacts facts = workers[0].Facts;
        ReducePlan plan = ReducePlan.Create(facts.Layout, workers.Count, facts.BytesPerElement, 50_000);
        for (int owner = 0; owner < workers.Count; owner++)
        {
            foreach (ReduceChunk chunk in plan.Chunks(owner))
            {
                var wire = new byte[chunk.Range.Length * facts.BytesPerElement];
                foreach (TrainingSession peer in workers.Where(peer => peer != workers[owner]))
                {
                    peer.ReadSums(chunk.Range, wire);
                    workers[owner].AddSums(chunk.Range, wire);
                }

                workers[owner].ReadSums(chunk.Range, wire);
                foreach (TrainingSession peer in workers)
                {
                    peer.WriteSums(chunk.Range, wire);
                }
            }
        }
    }
}
