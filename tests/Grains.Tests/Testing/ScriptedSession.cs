using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NSft.Collectives;
using NSft.Grains.ShardWorker;
using NSft.Training;
using NSft.Training.Checkpoints;
using NSft.Training.Sessions;

namespace NSft.Grains.Tests.Testing;

/// <summary>
/// A session without tensors: gradients are a fixed function of step, shard and weights. Exact sums, real wire form and real state
/// bookkeeping, so that the protocol is tested with the arithmetic that it carries.
/// </summary>
internal sealed class ScriptedSession : IShardSession
{
    private readonly int _worker;
    private readonly FaultPlan _faults;
    private readonly GradientAccumulator _sums;
    private readonly ScriptedState _state;
    private readonly float[] _gradient;
    private readonly SnapshotBuffers _snapshots = new();
    private ElementRange _owned;
    private int[]? _exponents;
    private int[] _used = [];
    private int _step;

    internal ScriptedSession(int worker, int steps, int shards, FaultPlan faults)
    {
        _worker = worker;
        _faults = faults;
        var layout = GradientLayout.Create([("embedding", 200_003), ("head", 50_000), ("norm", 70)]);
        _sums = GradientAccumulator.Create(ReductionKind.Exact, layout, shards);
        _state = new ScriptedState(layout);
        _gradient = new float[layout.Length];
        Facts = new SessionFacts(steps, shards, _sums.DataBits, _sums.BytesPerElement, layout, "scripted");
    }

    public SessionFacts Facts { get; }

    public long HeldBytes => _state.HeldBytes;

    public int NextStep => _state.Query(holdings => holdings.NextStep);

    public IReadOnlyList<int>? NextExponents => _exponents;

    public RangeSet HeldMoments => _state.Query(holdings => holdings.HeldMoments);

    public RangeSet StaleWeights => _state.Query(holdings => holdings.StaleWeights);

    public bool IsSynced => _state.Query(holdings => holdings.IsSynced);

    public PreparedWork Prepared { get; private set; }

    private GradientLayout Layout => Facts.Layout;

    public GradientAccumulator Sums => _sums;

    public PrepareReport Prepare(
        int step, ShardRange shards, int[]? exponents, Action<ElementRange>? ready, CancellationToken cancellation)
    {
        _faults.Enter(_worker, step, cancellation);
        if (_faults.Strikes("throw", _worker, step))
        {
            throw new InvalidOperationException("the script says so");
        }

        if (step != NextStep || (shards.Count > 0 && !StaleWeights.IsEmpty))
        {
            throw new InvalidOperationException($"Step {step} was asked for at step {NextStep}; stale weights are {StaleWeights}.");
        }

        _step = step;
        Discard();
        _used = exponents ?? _exponents ?? [];
        var scale = _faults.Strikes("spike", -1, step) ? 1e6f : 1f;
        var maxima = new float[Layout.Slices.Count];
        var isSummed = _used.Length > 0;
        Prepared = new PreparedWork(2 * shards.Count, default, default, default, default);
        var outcomes = new ShardOutcome[shards.Count];
        for (var shard = shards.First; shard < shards.End; shard++)
        {
            Fill(step, shard, scale);
            isSummed &= AddShard(maxima);
            outcomes[shard - shards.First] = new ShardOutcome(shard, [1.0 / (shard + step + 1)], [shard + 1]);
        }

        if (isSummed)
        {
            ready?.Invoke(Layout.Whole);
        }

        return new PrepareReport(step, Facts.PlanHash, outcomes, maxima, isSummed);
    }

    public ReduceReport Reduce(ElementRange owned)
    {
        // Elements between tensors belong to no slice and stay zero.
        Array.Clear(_gradient);
        for (var slice = 0; slice < Layout.Slices.Count; slice++)
        {
            _sums.Read(slice, _used[slice], Window(slice));
        }

        _owned = owned;
        var maxima = new float[Layout.Slices.Count];
        foreach (var piece in Layout.Pieces(owned))
        {
            maxima[piece.Slice] = Math.Max(maxima[piece.Slice], FixedPoint.Measure(Window(piece.Range)).Maximum);
        }

        double[] blocks = [.. Enumerable.Range(0, Layout.BlockCount).Select(Layout.Block)
            .Where(block => owned.Overlap(block).Length > 0).Select(block => BlockNorm.SumOfSquares(Window(block)))];
        return new ReduceReport(_faults.Strikes("no", _worker, _step) ? [double.NaN] : blocks, maxima);
    }

    public StepRecord Commit(StepCommit commit)
    {
        _state.Commit(RangeSet.Of(_sums.Received.Append(_owned)), _gradient);
        if (_faults.Strikes("diverge", _worker, _step))
        {
            _state.Weights[0] += 1;
        }

        _exponents = commit.NextExponents;
        Discard();
        return new StepRecord(
            _step, commit.Sums[0], commit.Norm, 1e-3, commit.Counts[0], new Dictionary<string, double> { ["workers"] = 1 });
    }

    public void Discard()
    {
        _sums.Clear();
        _owned = default;
    }

    public int ReadState(StateParts parts, ElementRange range, Span<byte> destination) => _state.Read(parts, range, destination);

    public bool WriteState(int step, StateParts parts, ElementRange range, ReadOnlySpan<byte> source) =>
        _state.Write(step, parts, range, source);

    public void BeginSync(int step, int[]? nextExponents)
    {
        Discard();
        _state.Change(holdings => holdings.Begin(step));
        _exponents = nextExponents;
    }

    public void RequireMoments(RangeSet ranges) => _state.Change(holdings => holdings.Require(ranges));

    public void KeepOnlyMoments(RangeSet ranges) => _state.Change(holdings => holdings.KeepOnly(ranges));

    public void LoadCheckpoint(ICheckpointSource checkpoint, RangeSet moments)
    {
        var manifest = CheckpointLoader.Open(checkpoint, Facts);
        BeginSync(manifest.Step, manifest.NextExponents);
        RequireMoments(RangeSet.Of(Layout.Whole));
        try
        {
            CheckpointLoader.Read(checkpoint, manifest, (range, source) => WriteState(manifest.Step, StateParts.All, range, source));
            KeepOnlyMoments(moments);
        }
        catch
        {
            BeginSync(manifest.Step, manifest.NextExponents);
            throw;
        }
    }

    public CheckpointPart Snapshot(ElementRange owned) => CheckpointPart.Copy(owned, _snapshots, ReadState);

    public string WeightsHash() => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(_state.Weights.AsSpan())));

    public void Export(string directory) => File.WriteAllText(Path.Combine(directory, "model.txt"), WeightsHash());

    public void Dispose()
    {
        _snapshots.Dispose();
        _sums.Dispose();
    }

    private void Fill(int step, int shard, float scale)
    {
        var state = (uint)((step * 7919) + (shard * 104_729) + 1);
        for (var i = 0; i < _gradient.Length; i++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            _gradient[i] = scale * ((((int)state >> 8) * 1e-7f) + (0.1f * _state.Weights[i]));
        }
    }

    private bool AddShard(float[] maxima)
    {
        var fits = true;
        for (var slice = 0; slice < maxima.Length; slice++)
        {
            var magnitude = _used.Length > 0 ? _sums.Add(slice, Window(slice), _used[slice]) : FixedPoint.Measure(Window(slice));
            maxima[slice] = Math.Max(maxima[slice], magnitude.Maximum);
            fits &= !magnitude.Overflowed;
        }

        return fits;
    }

    private Span<float> Window(int slice) => _gradient.AsSpan((int)Layout.Slices[slice].Offset, Layout.Slices[slice].Length);

    private Span<float> Window(ElementRange range) => _gradient.AsSpan((int)range.Offset, (int)range.Length);
}
