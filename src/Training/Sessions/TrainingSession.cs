using NSft.Collectives;
using NSft.Training.Checkpoints;
using NSft.Training.Objectives;
using NSft.Training.Optimization;
using NSft.Training.Plans;
using NSft.Training.Samples;

namespace NSft.Training.Sessions;

/// <summary>One worker's tensors: model, flat weights and gradients, moments, and the sum that is exchanged with peers.</summary>
/// <remarks>
/// Threading: one dedicated thread opens, uses and disposes a session; nothing here awaits. <see cref="ReadSums"/>, <see cref="AddSums"/>
/// and <see cref="WriteSums"/> touch native memory only and may run elsewhere, one at a time, between Prepare and Reduce. So may
/// <see cref="ReadState"/>, <see cref="WriteState"/> and what is known of the state, at any time; they wait for a commit that is under way.
///
/// A step: <see cref="Prepare"/>, exchange of sums, <see cref="Reduce"/>, <see cref="Commit"/>; or <see cref="Discard"/> at any time before
/// Commit, or Prepare again. Weights and moments change in Commit and where missing state is written. Steps are numbered from 0 and
/// committed in order.
///
/// A commit updates the elements whose weights are current, whose moments are held and whose total is here: all of them for a worker that
/// holds everything, its ranges for one that holds a part, what was copied so far for one that joins. The other weights are stale
/// afterwards, until their owner's are written; passes need all weights current.
///
/// Wire form: see <see cref="GradientAccumulator"/>. With the exact kinds the committed weights depend on the options and the data alone.
/// </remarks>
public sealed class TrainingSession : IDisposable
{
    private readonly SessionParts _parts;
    private readonly GradientReduction _reduction;
    private readonly SessionState _state;
    private Phase _phase = Phase.Idle;

    private TrainingSession(SessionParts parts)
    {
        _parts = parts;
        _reduction = new GradientReduction(parts.Parameters, parts.Sum);
        _state = new SessionState(parts.Parameters.Weights, parts.Moments);
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
    public IReadOnlyList<int>? NextExponents => _reduction.Next;

    /// <summary>Bytes held for good.</summary>
    public SessionMemory Memory => _parts.Memory with { Optimizer = _state.RequiredMoments.Length * MomentStore.BytesPerElement };

    /// <summary>The step that is committed next, from 0; <see cref="TrainingPlan.TotalSteps"/> at the end.</summary>
    public int NextStep => _state.NextStep;

    /// <summary>Elements whose moments are those of <see cref="NextStep"/>.</summary>
    public RangeSet HeldMoments => _state.HeldMoments;

    /// <summary>Elements whose weights are not those of <see cref="NextStep"/>.</summary>
    public RangeSet StaleWeights => _state.StaleWeights;

    /// <summary>All weights are current and all required moments are held.</summary>
    public bool IsSynced => _state.IsSynced;

    /// <summary>What the last <see cref="Prepare"/> computed, and its times.</summary>
    public PreparedWork Prepared { get; private set; }

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
    /// <param name="shards">The shards; may be none. Some need all weights current.</param>
    /// <param name="exponents">Exponents of a redo, or null for those that follow from the last committed step.</param>
    /// <param name="ready">Called on this thread with ranges whose sums are final, all of them by the end; not when a pass only measures.</param>
    /// <param name="cancellation">Checked before each shard.</param>
    /// <returns>The report to merge with those of peers by <see cref="StepPolicy"/>.</returns>
    public PrepareReport Prepare(
        int step, ShardRange shards, int[]? exponents, Action<ElementRange>? ready, CancellationToken cancellation)
    {
        if (step != NextStep)
        {
            throw new InvalidOperationException($"Step {step} was asked for; {NextStep} is next.");
        }

        if (shards.Count > 0)
        {
            RequireCurrentWeights();
        }

        _parts.Phases.Begin();
        Discard();
        _state.Upload();
        _reduction.Begin(exponents);
        StepPlan plan = _parts.Plan.At(step);
        int samples = 0;
        var outcomes = new ShardOutcome[shards.Count];
        var collection = new GradientCollection(_parts.Parameters, _parts.Sum, _reduction.Current, _parts.Phases);
        for (int i = 0; i < outcomes.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Action<ElementRange>? last = i == outcomes.Length - 1 ? ready : null;
            Action<int>? finished = last is not null && collection.IsSummed ? block => collection.Collect(block, last) : null;
            ShardBatch shard = plan.Shards[shards.First + i];
            outcomes[i] = _parts.Runner.Run(shard, plan.Normalizers, finished);
            samples += shard.Samples.Count;
            collection.EndShard(last);
        }

        if (collection.IsSummed && outcomes.Length == 0)
        {
            ready?.Invoke(Facts.Layout.Whole);
        }

        Prepared = _parts.Phases.End(samples);
        _phase = collection.IsSummed ? Phase.Prepared : Phase.Idle;
        return new PrepareReport(step, Facts.PlanHash, outcomes, collection.Maxima, collection.IsSummed);
    }

    /// <summary>This worker's sums, for an exchange; freed with the session.</summary>
    public GradientAccumulator Sums => _parts.Sum;

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

    /// <summary>Ends the exchange: the worker's own range holds totals too.</summary>
    /// <param name="owned">The range that this worker summed, of whole norm blocks; may be empty. Everything for a lone worker.</param>
    /// <returns>What <see cref="ReduceMerge"/> needs of that range.</returns>
    public ReduceReport Reduce(ElementRange owned)
    {
        Require(Phase.Prepared, Phase.Reduced);
        ReduceReport report = _reduction.ReadOwned(owned);
        _phase = Phase.Reduced;
        return report;
    }

    /// <summary>Clips and applies the gradient: the step is done.</summary>
    /// <param name="commit">What all workers apply.</param>
    /// <returns>The step's record.</returns>
    public StepRecord Commit(StepCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        Require(Phase.Reduced, Phase.Reduced);
        _reduction.CheckNext(commit.NextExponents);
        StepSummary summary = _parts.Objective.Summarize(commit.Sums, commit.Counts);
        int step = NextStep;
        double rate = _state.Commit(_reduction.Totals, (at, ranges) => _parts.Optimizer.Apply(at, commit.Norm, ranges, _reduction));
        _reduction.Advance(commit.NextExponents);
        Discard();
        return new StepRecord(step, summary.Loss, commit.Norm, rate, summary.Tokens, summary.Metrics);
    }

    /// <summary>Forgets the step in flight; weights and moments stay as they are.</summary>
    public void Discard()
    {
        _reduction.Clear();
        _parts.Sum.Clear();
        _parts.Parameters.Gradients.ClearOnDevice();
        _phase = Phase.Idle;
    }

    /// <summary>Copies state that this worker holds.</summary>
    /// <param name="parts">What to copy.</param>
    /// <param name="range">Elements of the flat vector.</param>
    /// <param name="destination">Receives float32 weights, then first moments, then second moments, of the parts asked for.</param>
    /// <returns>The step that it is the state of: <see cref="NextStep"/> at that moment.</returns>
    /// <exception cref="InvalidOperationException">Something of it is stale or not held, or the session was disposed.</exception>
    public int ReadState(StateParts parts, ElementRange range, Span<byte> destination) => _state.Read(parts, range, destination);

    /// <summary>Takes a peer's state where it is missing here; what is held stays as it is.</summary>
    /// <param name="step">The step that it is the state of.</param>
    /// <param name="parts">What the bytes hold.</param>
    /// <param name="range">Elements of the flat vector.</param>
    /// <param name="source">The peer's bytes from <see cref="ReadState"/>.</param>
    /// <returns>False, and nothing changed, unless the step is <see cref="NextStep"/> and the moments are required.</returns>
    public bool WriteState(int step, StateParts parts, ElementRange range, ReadOnlySpan<byte> source) => _state.Write(step, parts, range, source);

    /// <summary>Forgets all state, to be written anew. A worker that never left step 0 keeps its initial weights there.</summary>
    /// <param name="step">The step to stand at.</param>
    /// <param name="nextExponents">Exponents that the step starts with; null at step 0 and for float kinds.</param>
    public void BeginSync(int step, int[]? nextExponents)
    {
        if (step > 0)
        {
            _reduction.CheckNext(nextExponents);
        }

        Discard();
        _state.Begin(step);
        _reduction.Advance(nextExponents);
    }

    /// <summary>Makes room for moments. Before the first commit they are zero and so held; later they must be written.</summary>
    /// <param name="ranges">Moments to hold beside those held already.</param>
    public void RequireMoments(RangeSet ranges) => _state.Require(ranges);

    /// <summary>Frees all other moments.</summary>
    /// <param name="ranges">Moments to keep where they are held or required.</param>
    public void KeepOnlyMoments(RangeSet ranges) => _state.KeepOnly(ranges);

    /// <summary>Takes weights, some moments, step and exponents of a checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint; this thread waits for what is read.</param>
    /// <param name="moments">The moments to hold; the others are given up.</param>
    /// <exception cref="UserInputException">It is damaged or belongs to another run. The session holds nothing then.</exception>
    public void LoadCheckpoint(ICheckpointSource checkpoint, RangeSet moments)
    {
        CheckpointManifest manifest = CheckpointLoader.Open(checkpoint, Facts);
        BeginSync(manifest.Step, manifest.NextExponents);
        RequireMoments(moments);
        try
        {
            CheckpointLoader.Read(checkpoint, manifest, _state.Load);
        }
        catch
        {
            BeginSync(manifest.Step, manifest.NextExponents);
            throw;
        }
    }

    /// <summary>Copies state for a checkpoint. Waits while two earlier copies are still being written.</summary>
    /// <param name="owned">Elements whose weights are current and whose moments are held.</param>
    /// <returns>The copy; <see cref="CheckpointStores.WriteAsync"/> writes it and lets it go.</returns>
    public CheckpointPart Snapshot(ElementRange owned) => CheckpointPart.Copy(owned, _parts.Snapshots, _state.Read);

    /// <summary>SHA-256 over the float32 weights in training, which must be current.</summary>
    public string WeightsHash()
    {
        RequireCurrentWeights();
        return _parts.Parameters.WeightsHash();
    }

    /// <summary>Writes what was trained: the model in Hugging Face form and in the compute dtype, or the adapter as a PEFT folder.</summary>
    /// <param name="directory">Made when absent; each file appears whole or not at all.</param>
    public void Export(string directory)
    {
        RequireCurrentWeights();
        _state.Upload();
        _parts.Export(directory);
    }

    /// <summary>Frees everything. Peers' readers that come later, or wait, are refused.</summary>
    public void Dispose()
    {
        _state.Close();
        _parts.Dispose();
    }

    private void RequireCurrentWeights()
    {
        if (StaleWeights is { IsEmpty: false } stale)
        {
            throw new InvalidOperationException($"Weights must be those of step {NextStep}; stale are {stale}.");
        }
    }

    private void Require(Phase first, Phase second)
    {
        if (_phase != first && _phase != second)
        {
            throw new InvalidOperationException($"The step is {_phase}; it must be {first} or {second}.");
        }
    }
}
