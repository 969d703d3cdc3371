using NSft.Collectives;
using NSft.Training.Checkpoints;
using NSft.Training.Sessions;

namespace NSft.Training.Tests;

/// <summary>A cluster without a network: sessions on one thread exchange sums, weights and state by hand, chunk by chunk.</summary>
internal sealed class HandCluster(OptimizerStateMode mode, params IEnumerable<TrainingSession> workers) : IDisposable
{
    private const int ChunkBytes = 50_000;

    private readonly List<TrainingSession> _workers = [.. workers];
    private int[]? _exponents;

    /// <summary>Seats that compute and own, in order.</summary>
    public IReadOnlyList<TrainingSession> Workers => _workers;

    /// <summary>Seats that only take totals.</summary>
    public List<TrainingSession> Passive { get; } = [];

    /// <summary>Runs between the last total and the commit.</summary>
    public Action BeforeCommit { get; set; } = () => { };

    public SessionFacts Facts => _workers[0].Facts;

    public int NextStep => _workers[0].NextStep;

    public ReducePlan Plan => ReducePlan.Create(Facts.Layout, _workers.Count, Facts.BytesPerElement, ChunkBytes);

    /// <summary>Exponents of the next step.</summary>
    public int[]? NextExponents => _exponents;

    public StepRecord RunStep()
    {
        int step = NextStep;
        int[]? redo = null;
        while (true)
        {
            PrepareReport[] reports = [.. _workers.Select((worker, seat) =>
                worker.Prepare(step, ShardPlan.Range(Facts.ShardCount, _workers.Count, seat), redo, null, CancellationToken.None))];
            Passive.ForEach(joiner => joiner.Prepare(step, new ShardRange(0, 0), redo, null, CancellationToken.None));
            StepDecision decision = StepPolicy.Decide(step, Facts.ShardCount, Facts.DataBits, [.. reports.Reverse()]);
            Assert.NotEqual(StepAction.Stop, decision.Action);
            redo = decision.Exponents;
            if (decision.Action == StepAction.Commit)
            {
                ExchangeSums();
                StepCommit commit = Merge(decision);
                BeforeCommit();
                StepRecord[] records = [.. _workers.Concat(Passive).Select(worker => worker.Commit(commit))];
                Assert.All(records, record => Assert.Equal(records[0].ToJson(), record.ToJson()));
                _exponents = commit.NextExponents;
                ShareWeights();
                return records[0];
            }
        }
    }

    public void RunSteps(int count)
    {
        for (int i = 0; i < count; i++)
        {
            RunStep();
        }
    }

    /// <summary>Seats other workers: each requires its moments and copies what it lacks from those who hold it.</summary>
    /// <param name="seats">The next view; those of the old one that are not in it are left to the caller.</param>
    public void Seat(params TrainingSession[] seats)
    {
        TrainingSession[] sources = [.. _workers.Concat(Passive).Intersect(seats)];
        int step = sources.Max(worker => worker.NextStep);
        _workers.Clear();
        _workers.AddRange(seats);
        Passive.Clear();
        RangeSet[] wanted = [.. seats.Select((_, seat) => StateRanges.Moments(mode, Plan, Facts.Layout, seat))];
        for (int seat = 0; seat < seats.Length; seat++)
        {
            if (seats[seat].NextStep != step)
            {
                seats[seat].BeginSync(step, _exponents);
            }

            seats[seat].RequireMoments(wanted[seat]);
        }

        foreach (TrainingSession worker in seats)
        {
            Copy(worker, sources);
        }

        for (int seat = 0; seat < seats.Length; seat++)
        {
            Assert.True(seats[seat].IsSynced);
            seats[seat].KeepOnlyMoments(wanted[seat]);
        }
    }

    /// <summary>Loads all workers from a checkpoint.</summary>
    public void Load(string directory)
    {
        for (int seat = 0; seat < _workers.Count; seat++)
        {
            _workers[seat].LoadCheckpoint(new FolderCheckpoint(directory), StateRanges.Moments(mode, Plan, Facts.Layout, seat));
        }

        _exponents = _workers[0].NextExponents?.ToArray();
    }

    /// <summary>Copies one chunk of a part from a worker to another.</summary>
    public static bool Copy(TrainingSession from, TrainingSession to, StateParts part, ElementRange range)
    {
        var bytes = new byte[range.Length * (part == StateParts.Weights ? 4 : part == StateParts.Moments ? 8 : 12)];
        return to.WriteState(from.ReadState(part, range, bytes), part, range, bytes);
    }

    public static IEnumerable<ElementRange> Chunks(ElementRange range, long length)
    {
        for (long at = range.Offset; at < range.End; at += length)
        {
            yield return new ElementRange(at, Math.Min(length, range.End - at));
        }
    }

    public void Dispose()
    {
        _workers.Concat(Passive).ToList().ForEach(worker => worker.Dispose());
    }

    private void Copy(TrainingSession worker, IEnumerable<TrainingSession> sources)
    {
        foreach (TrainingSession source in sources.Where(source => source != worker))
        {
            RangeSet current = RangeSet.Of(Facts.Layout.Whole).Except(source.StaleWeights);
            Copy(worker, source, StateParts.Weights, worker.StaleWeights.Intersect(current));
            RangeSet missing = StateRanges.Moments(mode, Plan, Facts.Layout, _workers.IndexOf(worker)).Except(worker.HeldMoments);
            Copy(worker, source, StateParts.Moments, missing.Intersect(source.HeldMoments));
        }
    }

    private static void Copy(TrainingSession worker, TrainingSession source, StateParts part, RangeSet ranges)
    {
        foreach (ElementRange chunk in ranges.Ranges.SelectMany(range => Chunks(range, 30_011)))
        {
            Assert.True(Copy(source, worker, part, chunk));
        }
    }

    private void ExchangeSums()
    {
        for (int owner = 0; owner < _workers.Count; owner++)
        {
            foreach (ReduceChunk chunk in Plan.Chunks(owner))
            {
                var wire = new byte[chunk.Range.Length * Facts.BytesPerElement];
                foreach (TrainingSession peer in _workers.Where(peer => peer != _workers[owner]))
                {
                    peer.ReadSums(chunk.Range, wire);
                    _workers[owner].AddSums(chunk.Range, wire);
                }

                _workers[owner].ReadSums(chunk.Range, wire);
                TrainingSession[] takers = mode == OptimizerStateMode.Zero1 ? [_workers[(owner + 1) % _workers.Count]] : [.. _workers, .. Passive];
                Array.ForEach(takers, taker => taker.WriteSums(chunk.Range, wire));
            }
        }
    }

    private StepCommit Merge(StepDecision decision)
    {
        ReduceReport[] reports = [.. _workers.Select((worker, seat) => worker.Reduce(Plan.Owned(seat)))];
        Passive.ForEach(joiner => Assert.Empty(joiner.Reduce(default).BlockSums));
        return new StepCommit(
            decision.Sums,
            decision.Counts,
            ReduceMerge.Norm(reports.Select(report => report.BlockSums)),
            ReduceMerge.NextExponents(Facts.DataBits, [.. reports.Select(report => report.SliceMaxima)]));
    }

    private void ShareWeights()
    {
        if (mode == OptimizerStateMode.Replicated)
        {
            return;
        }

        for (int owner = 0; owner < _workers.Count; owner++)
        {
            foreach (ReduceChunk chunk in Plan.Chunks(owner))
            {
                foreach (TrainingSession peer in _workers.Where(peer => peer != _workers[owner] && !peer.StaleWeights.IsEmpty))
                {
                    Assert.True(Copy(_workers[owner], peer, StateParts.Weights, chunk.Range));
                }
            }
        }
    }
}
