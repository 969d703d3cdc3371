using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NSft.Training.Plans;

/// <summary>
/// Which samples each virtual shard of each step computes, in which passes, padded to what length, and what the sums are divided by.
/// Pure: it depends on the samples' sizes and the settings, never on workers.
/// </summary>
/// <remarks>
/// Every epoch visits every sample once in a new order; its last step takes what is left. Within a step samples of similar length
/// share a shard, and the shards are shuffled so that contiguous ranges of them cost about the same.
/// </remarks>
public sealed class TrainingPlan
{
    private const int LengthMultiple = 8;

    private readonly IReadOnlyList<SampleShape> _samples;
    private readonly PlanSettings _settings;
    private (int Epoch, int[] Order) _cached = (-1, []);

    /// <summary>Makes a plan.</summary>
    /// <param name="samples">Sizes of the samples, at least one.</param>
    /// <param name="settings">Valid settings.</param>
    public TrainingPlan(IReadOnlyList<SampleShape> samples, PlanSettings settings)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfZero(samples.Count);
        _samples = samples;
        _settings = settings;
        StepsPerEpoch = (samples.Count + settings.GlobalBatch - 1) / settings.GlobalBatch;
        TotalSteps = settings.Steps ?? checked(StepsPerEpoch * settings.Epochs);
        Hash = ComputeHash(samples, settings);
    }

    /// <summary>Steps of the run.</summary>
    public int TotalSteps { get; }

    /// <summary>Steps of one pass over the data.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>Virtual shards of every step.</summary>
    public int ShardCount => _settings.ShardCount;

    /// <summary>Number of samples.</summary>
    public int SampleCount => _samples.Count;

    /// <summary>SHA-256 over samples' sizes and settings, lower-case hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>One step. Not thread-safe (the epoch's order is kept).</summary>
    /// <param name="step">From 0 to <see cref="TotalSteps"/> - 1.</param>
    public StepPlan At(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, TotalSteps);
        int epoch = step / StepsPerEpoch;
        int first = step % StepsPerEpoch * _settings.GlobalBatch;
        int count = Math.Min(_settings.GlobalBatch, _samples.Count - first);
        int[] batch = [.. EpochOrder(epoch).AsSpan(first, count)];
        return new StepPlan(step, epoch, Cut(batch, step), Normalizers(batch));
    }

    private int[] EpochOrder(int epoch)
    {
        if (_cached.Epoch != epoch)
        {
            _cached = (epoch, SeededOrder.Permutation(_samples.Count, _settings.Seed, (ulong)epoch));
        }

        return _cached.Order;
    }

    private ShardBatch[] Cut(int[] batch, int step)
    {
        int[] byLength = [.. batch.OrderBy(Cost).ThenBy(sample => sample)];
        int[] seats = SeededOrder.Permutation(ShardCount, _settings.Seed, ~(ulong)step);
        var shards = new ShardBatch[ShardCount];
        for (int group = 0; group < ShardCount; group++)
        {
            int first = (int)((long)batch.Length * group / ShardCount);
            int end = (int)((long)batch.Length * (group + 1) / ShardCount);
            int[] samples = byLength[first..end];
            shards[seats[group]] = new ShardBatch(seats[group], samples, [.. Passes(samples)]);
        }

        return shards;
    }

    private int Cost(int sample) => _samples[sample].Chosen.Length + _samples[sample].Other.Length;

    private IEnumerable<TrainingPass> Passes(int[] samples)
    {
        if (samples.Length == 0)
        {
            yield break;
        }

        if (_settings.Objective == ObjectiveKind.Dpo)
        {
            yield return new TrainingPass(0, samples, Pad(samples.Max(i => Math.Max(_samples[i].Chosen.Length, _samples[i].Other.Length))));
            yield break;
        }

        var chosen = new TrainingPass(0, samples, Pad(samples.Max(i => _samples[i].Chosen.Length)));
        yield return chosen;
        if (_settings.Objective == ObjectiveKind.Nsft)
        {
            foreach (TrainingPass pass in CorrectivePasses(samples, samples.Length * chosen.PaddedLength))
            {
                yield return pass;
            }
        }
    }

    /// <summary>
    /// Corrective conversations are longer than the chosen ones, so they go in passes of no more tokens than the chosen pass has: the
    /// second term then needs no more memory than the first.
    /// </summary>
    private IEnumerable<TrainingPass> CorrectivePasses(int[] samples, int tokenBudget)
    {
        var rows = new List<int>();
        int padded = 0;
        foreach (int sample in samples.Where(i => _samples[i].Other.Targets > 0).OrderBy(i => _samples[i].Other.Length).ThenBy(i => i))
        {
            int wider = Math.Max(padded, Pad(_samples[sample].Other.Length));
            if (rows.Count > 0 && wider * (rows.Count + 1) > tokenBudget)
            {
                yield return new TrainingPass(1, rows, padded);
                rows = [];
                wider = Pad(_samples[sample].Other.Length);
            }

            rows.Add(sample);
            padded = wider;
        }

        if (rows.Count > 0)
        {
            yield return new TrainingPass(1, rows, padded);
        }
    }

    private long[] Normalizers(int[] batch) => _settings.Objective switch
    {
        ObjectiveKind.Sft => [batch.Sum(i => (long)_samples[i].Chosen.Targets)],
        ObjectiveKind.Nsft => [batch.Sum(i => (long)_samples[i].Chosen.Targets), batch.Sum(i => (long)_samples[i].Other.Targets)],
        _ => [batch.Length],
    };

    private static int Pad(int length) => (length + LengthMultiple - 1) / LengthMultiple * LengthMultiple;

    private static string ComputeHash(IReadOnlyList<SampleShape> samples, PlanSettings settings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[16];
        foreach (SampleShape sample in samples)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, sample.Chosen.Length);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], sample.Chosen.Targets);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], sample.Other.Length);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], sample.Other.Targets);
            hash.AppendData(bytes);
        }

        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(settings.ToString()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
