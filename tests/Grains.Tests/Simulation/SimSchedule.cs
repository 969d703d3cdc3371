using NSft.Collectives;

namespace NSft.Grains.Tests.Simulation;

/// <summary>What a seed stands for: the size of the run and how bad the world is.</summary>
internal sealed record SimSchedule
{
    internal required int Seed { get; init; }

    internal OptimizerStateMode Mode { get; init; }

    internal int Silos { get; init; } = 3;

    internal int SlotsPerSilo { get; init; } = 1;

    internal int TargetWorkers { get; init; } = 3;

    internal int MinWorkers { get; init; } = 1;

    internal int Steps { get; init; } = 8;

    internal int Shards { get; init; } = 4;

    internal int CheckpointEvery { get; init; }

    internal bool KeepsCheckpoints { get; init; }

    /// <summary>Chance that a checkpoint is damaged after it was written.</summary>
    internal double CheckpointDamage { get; init; }

    internal double LossRate { get; init; }

    internal double DuplicateRate { get; init; }

    /// <summary>Chance that a message takes seconds.</summary>
    internal double SlowRate { get; init; }

    /// <summary>Chance that a process dies, or freezes, just before or after it handles a message.</summary>
    internal double CrashRate { get; init; }

    internal int CrashBudget { get; init; }

    /// <summary>The kind of message that faults gather at; null for all alike.</summary>
    internal string? Target { get; init; }

    /// <summary>Faults and wishes at random times.</summary>
    internal int Incidents { get; init; }

    /// <summary>Seconds after which nothing goes wrong any more.</summary>
    internal double CalmAfter { get; init; } = 60;

    private static readonly string[] Targets =
        ["halt", "seat", "sync", "prepare", "reduce", "commit", "commit", "partial", "totals", "weights", "state", "checkpoint", "export", "close"];

    /// <summary>A schedule with everything that can go wrong, each in some of the seeds.</summary>
    internal static SimSchedule Of(int seed)
    {
        var random = new Random(seed);
        var isLossy = random.Next(3) == 0;
        return new SimSchedule
        {
            Seed = seed,
            Mode = random.Next(2) == 0 ? OptimizerStateMode.Replicated : OptimizerStateMode.Zero1,
            Silos = random.Next(2, 6),
            SlotsPerSilo = random.Next(1, 3),
            TargetWorkers = random.Next(2, 6),
            MinWorkers = random.Next(1, 3),
            Steps = random.Next(3, 12),
            Shards = random.Next(1, 6),
            KeepsCheckpoints = random.Next(3) > 0,
            CheckpointEvery = random.Next(4),
            CheckpointDamage = random.Next(3) == 0 ? 0.5 : 0,
            LossRate = isLossy ? 0.02 * random.NextDouble() : 0,
            DuplicateRate = random.Next(2) == 0 ? 0.1 * random.NextDouble() : 0,
            SlowRate = random.Next(2) == 0 ? 0.1 * random.NextDouble() : 0,
            CrashRate = random.Next(2) == 0 ? 0.01 * random.NextDouble() : 0,
            CrashBudget = random.Next(1, 5),
            Incidents = random.Next(8),
            Target = random.Next(2) == 0 ? Targets[random.Next(Targets.Length)] : null,
            CalmAfter = random.Next(5, 40),
        };
    }
}
