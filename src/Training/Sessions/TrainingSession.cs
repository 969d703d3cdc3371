using NSft.Collectives;
using NSft.Training.Objectives;
using NSft.Training.Plans;
using NSft.Training.Samples;

namespace NSft.Training.Sessions;

/// <summary>One worker's tensors: model, flat weights and gradients, optimizer, and the sum that is exchanged with peers.</summary>
/// <remarks>
/// Threading: one dedicated thread opens, uses and disposes a session; nothing here awaits. <see cref="ReadSums"/>, <see cref="AddSums"/>
/// and <see cref="WriteSums"/> touch native memory only and may run elsewhere, one at a time, between Prepare and Reduce.
///
/// A step: <see cref="Prepare"/>, exchange of sums, <see cref="Reduce"/>, <see cref="Commit"/>; or <see cref="Discard"/> at any time before
/// Commit, or Prepare again. Weights and optimizer change in Commit only. Steps are numbered from 0 and committed in order.
///
/// Wire form: see <see cref="GradientAccumulator"/>. With the exact kinds the committed weights depend on the options and the data alone.
/// </remarks>
public sealed class TrainingSession : IDisposable
{
    private readonly SessionParts _parts;
    private readonly GradientReduction _reduction;
    private Phase _phase = Phase.Idle;
    private double _norm;

    private TrainingSession(SessionParts parts)
    {
        _parts = parts;
        _reduction = new GradientReduction(parts.Parameters, parts.Sum);
        Facts = new SessionFacts(
            parts.Plan.TotalSteps,
            parts.Plan.ShardCount,
            parts.Sum.DataBits,
            parts.Sum.BytesPerElement,
            parts.Parameters.Layout,
            parts.ComputeHash());
    }

    private enum Phase
    {
        Idle,
        Prepared,
        Reduced,
    }

    /// <summary>What the session is made of.</summary>
    internal SessionParts Parts => _parts;

    /// <summary>What workers of a run must agree on.</summary>
    public SessionFacts Facts { get; }

    /// <summary>The run's plan.</summary>
    public TrainingPlan Plan => _parts.Plan;

    /// <summary>Exponents that the next step starts with; null before the first commit of an integer kind.</summary>
    internal IReadOnlyList<int>? NextExponents => _reduction.Next;

    /// <summary>Bytes held for good.</summary>
    public SessionMemory Memory => _parts.Memory;

    /// <summary>The step that is committed next, from 0; <see cref="TrainingPlan.TotalSteps"/> at the end.</summary>
    public int NextStep { get; private set; }

    /// <summary>Loads a model and makes ready to train.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="data">Samples encoded for the same options.</param>
    /// <returns>The session; the calling thread must be the one that uses it.</returns>
    /// <exception cref="UserInputException">Options, model or images are wrong.</exception>
    public static TrainingSession Open(TrainingOptions options, TrainingData data)
    {
        TrainingOptionsValidator.EnsureValid(options);
        ArgumentNullException.ThrowIfNull(data);
        return new TrainingSession(SessionParts.Open(options, data, readPixels: null));
    }

    /// <summary>As <see cref="Open(TrainingOptions, TrainingData)"/> with another source of pixels.</summary>
    internal static TrainingSession Open(TrainingOptions options, TrainingData data, Func<string, float[]> readPixels) =>
        new(SessionParts.Open(options, data, readPixels));

    /// <summary>Forgets earlier tries and computes the gradients of some shards of the next step into the sum.</summary>
    /// <param name="step">Must be <see cref="NextStep"/>.</param>
    /// <param name="shards">The shards; may be none.</param>
    /// <param name="exponents">Exponents of a redo, or null for those that follow from the last committed step.</param>
    /// <param name="cancellation">Checked before each shard.</param>
    /// <returns>The report to merge with those of peers by <see cref="StepPolicy"/>.</returns>
    public PrepareReport Prepare(int step, ShardRange shards, int[]? exponents, CancellationToken cancellation)
    {
        if (step != NextStep)
        {
            throw new InvalidOperationException($"Step {step} was asked for; {NextStep} is next.");
        }

        Discard();
        _reduction.Begin(exponents);
        StepPlan plan = _parts.Plan.At(step);
        var outcomes = new ShardOutcome[shards.Count];
        var maxima = new float[Facts.Layout.Slices.Count];
        bool isSummed = _reduction.Current is not null;
        for (int i = 0; i < outcomes.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            outcomes[i] = _parts.Runner.Run(plan.Shards[shards.First + i], plan.Normalizers);
            isSummed &= _parts.Runner.Collect(_reduction.Current, maxima);
        }

        _phase = isSummed ? Phase.Prepared : Phase.Idle;
        return new PrepareReport(step, Facts.PlanHash, outcomes, maxima, isSummed);
    }

    /// <summary>Copies this worker's sums of a range in wire form.</summary>
    /// <param name="range">Elements of the flat gradient.</param>
    /// <param name="destination">Receives <c>Length * BytesPerElement</c> bytes.</param>
    public void ReadSums(ElementRange range, Span<byte> destination) => _parts.Sum.CopyTo(range, destination);

    /// <summary>Adds a peer's sums of a range to this worker's.</summary>
    /// <param name="range">Elements of the flat gradient.</param>
    /// <param name="sums">The peer's bytes.</param>
    public void AddSums(ElementRange range, ReadOnlySpan<byte> sums) => _parts.Sum.AddPartial(range, sums);

    /// <summary>Replaces this worker's sums of a range by the total over all workers.</summary>
    /// <param name="range">Elements of the flat gradient.</param>
    /// <param name="sums">The owner's bytes.</param>
    public void WriteSums(ElementRange range, ReadOnlySpan<byte> sums) => _parts.Sum.SetReduced(range, sums);

    /// <summary>Turns the totals into the gradient.</summary>
    /// <returns>Its global norm before clipping; the same bits on every worker.</returns>
    public double Reduce()
    {
        Require(Phase.Prepared, Phase.Reduced);
        _norm = _reduction.Read();
        _phase = Phase.Reduced;
        return _norm;
    }

    /// <summary>Clips and applies the gradient: the step is done.</summary>
    /// <param name="sums">The step's sums over all shards, see <see cref="StepDecision.Sums"/>.</param>
    /// <param name="counts">The step's counts over all shards.</param>
    /// <returns>The step's record.</returns>
    public StepRecord Commit(double[] sums, long[] counts)
    {
        Require(Phase.Reduced, Phase.Reduced);
        double rate = _parts.Optimizer.Apply(NextStep, _norm);
        _reduction.Commit();
        StepSummary summary = _parts.Objective.Summarize(sums, counts);
        var record = new StepRecord(NextStep, summary.Loss, _norm, rate, summary.Tokens, summary.Metrics);
        Discard();
        NextStep++;
        return record;
    }

    /// <summary>Forgets the step in flight; weights and optimizer stay as they are.</summary>
    public void Discard()
    {
        _parts.Sum.Clear();
        _parts.Parameters.Gradients.ClearOnDevice();
        _phase = Phase.Idle;
    }

    /// <summary>SHA-256 over the float32 weights in training.</summary>
    public string WeightsHash() => _parts.Parameters.WeightsHash();

    /// <summary>Writes what was trained: the model in Hugging Face form and in the compute dtype, or the adapter as a PEFT folder.</summary>
    /// <param name="directory">Made when absent; each file appears whole or not at all.</param>
    public void Export(string directory) => _parts.Export(directory);

    /// <summary>Frees everything.</summary>
    public void Dispose() => _parts.Dispose();

    private void Require(Phase first, Phase second)
    {
        if (_phase != first && _phase != second)
        {
            throw new InvalidOperationException($"The step is {_phase}; it must be {first} or {second}.");
        }
    }
}
