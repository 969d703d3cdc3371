using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NSft.Collectives;
using NSft.Grains.ShardWorker;
using NSft.Training;
using NSft.Training.Sessions;

namespace NSft.Grains.Tests.Testing;

/// <summary>
/// A session without tensors: gradients are a fixed function of step, shard and weights, the update is plain descent. Exact sums, real
/// wire form, so that the protocol is tested with the arithmetic that it carries.
/// </summary>
internal sealed class ScriptedSession : IShardSession
{
    private const float LearningRate = 1e-3f;

    private readonly int _worker;
    private readonly FaultPlan _faults;
    private readonly GradientAccumulator _sums;
    private readonly float[] _weights;
    private readonly float[] _gradient;
    private float[] _maxima = [];
    private int[]? _exponents;
    private int[] _used = [];
    private int _step;

    internal ScriptedSession(int worker, int steps, int shards, FaultPlan faults)
    {
        _worker = worker;
        _faults = faults;
        var layout = GradientLayout.Create([("embedding", 200_003), ("head", 50_000), ("norm", 70)]);
        _sums = GradientAccumulator.Create(ReductionKind.Exact, layout, shards);
        _weights = new float[layout.Length];
        _gradient = new float[layout.Length];
        Facts = new SessionFacts(steps, shards, _sums.DataBits, _sums.BytesPerElement, layout, "scripted");
    }

    public SessionFacts Facts { get; }

    public long HeldBytes => _weights.Length * sizeof(float);

    private GradientLayout Layout => Facts.Layout;

    public PrepareReport Prepare(int step, ShardRange shards, int[]? exponents, CancellationToken cancellation)
    {
        _faults.Enter(_worker, step, cancellation);
        if (_faults.Strikes("throw", _worker, step))
        {
            throw new InvalidOperationException("the script says so");
        }

        _step = step;
        _sums.Clear();
        _used = exponents ?? _exponents ?? [];
        var scale = _faults.Strikes("spike", -1, step) ? 1e6f : 1f;
        var maxima = new float[Layout.Slices.Count];
        var isSummed = _used.Length > 0;
        var outcomes = new ShardOutcome[shards.Count];
        for (var shard = shards.First; shard < shards.End; shard++)
        {
            Fill(step, shard, scale);
            isSummed &= AddShard(maxima);
            outcomes[shard - shards.First] = new ShardOutcome(shard, [1.0 / (shard + step + 1)], [shard + 1]);
        }

        return new PrepareReport(step, Facts.PlanHash, outcomes, maxima, isSummed);
    }

    public void ReadSums(ElementRange range, Span<byte> destination) => _sums.CopyTo(range, destination);

    public void AddSums(ElementRange range, ReadOnlySpan<byte> sums) => _sums.AddPartial(range, sums);

    public void WriteSums(ElementRange range, ReadOnlySpan<byte> sums) => _sums.SetReduced(range, sums);

    public double Reduce()
    {
        if (_faults.Strikes("no", _worker, _step))
        {
            return double.NaN;
        }

        // Elements between tensors belong to no slice and stay zero.
        Array.Clear(_gradient);
        _maxima = new float[Layout.Slices.Count];
        for (var slice = 0; slice < Layout.Slices.Count; slice++)
        {
            var window = Window(slice);
            _sums.Read(slice, _used[slice], window);
            _maxima[slice] = FixedPoint.Measure(window).Maximum;
        }

        var norm = Math.Sqrt(BlockNorm.SumOfSquares(_gradient));
        return _faults.Strikes("diverge", _worker, _step) ? double.BitIncrement(norm) : norm;
    }

    public StepRecord Commit(double[] sums, long[] counts)
    {
        for (var i = 0; i < _weights.Length; i++)
        {
            _weights[i] -= LearningRate * _gradient[i];
        }

        _exponents = ExponentPolicy.Choose(_maxima, Facts.DataBits, ExponentPolicy.MarginBits);
        return new StepRecord(_step, sums[0], 0, LearningRate, counts[0], new Dictionary<string, double> { ["workers"] = 1 });
    }

    public void Discard() => _sums.Clear();

    public string WeightsHash() => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(_weights.AsSpan())));

    public void Export(string directory) => File.WriteAllText(Path.Combine(directory, "model.txt"), WeightsHash());

    public void Dispose() => _sums.Dispose();

    private void Fill(int step, int shard, float scale)
    {
        var state = (uint)((step * 7919) + (shard * 104_729) + 1);
        for (var i = 0; i < _gradient.Length; i++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            _gradient[i] = scale * ((((int)state >> 8) * 1e-7f) + (0.1f * _weights[i]));
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

    private Span<float> Window(int slice)
    {
        var range = Layout.Slices[slice];
        return _gradient.AsSpan((int)range.Offset, range.Length);
    }
}
