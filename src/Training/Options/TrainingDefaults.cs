using NSft.Collectives;

namespace NSft.Training;

/// <summary>What options that were left open become.</summary>
public static class TrainingDefaults
{
    /// <summary>Warm-up as a part of all steps, as in LLaVA's scripts.</summary>
    public const double WarmupRatio = 0.03;

    private const int RowsPerShard = 2;
    private const double FullSft = 2e-5;
    private const double FullAlignment = 2e-6;
    private const double LoraFactor = 10;

    /// <summary>Peak learning rate: LLaVA's for SFT, the papers' for nSFT and DPO, ten times that for adapters.</summary>
    /// <param name="options">The run's options.</param>
    public static double PeakLearningRate(this TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        double full = options.Objective == ObjectiveKind.Sft ? FullSft : FullAlignment;
        return options.LearningRate ?? (options.LoraRank > 0 ? LoraFactor * full : full);
    }

    /// <summary>Virtual shards: those asked for, or as many as give each about two rows, which keeps memory low at full speed.</summary>
    /// <param name="options">The run's options.</param>
    public static int ResolveShardCount(this TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        int wanted = (options.GlobalBatch + RowsPerShard - 1) / RowsPerShard;
        return options.ShardCount ?? Math.Clamp(wanted, 1, FixedPoint.MaxShardCount);
    }

    /// <summary>Warm-up steps of a run, as Hugging Face rounds them.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="totalSteps">Steps of the run.</param>
    public static int ResolveWarmupSteps(this TrainingOptions options, int totalSteps)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.WarmupSteps ?? (int)Math.Ceiling(totalSteps * (options.WarmupRatio ?? WarmupRatio));
    }

    /// <summary>Adapter scale numerator.</summary>
    /// <param name="options">The run's options.</param>
    public static double ResolveLoraAlpha(this TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.LoraAlpha ?? (2 * options.LoraRank);
    }
}
