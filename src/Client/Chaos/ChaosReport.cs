using NSft.Client.Ledgers;

namespace NSft.Client.Chaos;

/// <summary>What a chaos run came to.</summary>
internal sealed record ChaosReport
{
    /// <summary>Seed of the faults.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Silos at the start.</summary>
    public required int Silos { get; init; }

    /// <summary>Who held the optimizer state.</summary>
    public required string Mode { get; init; }

    /// <summary>Steps of the run.</summary>
    public required int Steps { get; init; }

    /// <summary>SHA-256 of the undisturbed run's weights file.</summary>
    public required string OracleHash { get; init; }

    /// <summary>SHA-256 of the disturbed run's weights file; null when it left none.</summary>
    public string? Hash { get; init; }

    /// <summary>Seconds of the undisturbed run on one worker.</summary>
    public double OracleSeconds { get; init; }

    /// <summary>Seconds of the disturbed run.</summary>
    public double Seconds { get; init; }

    /// <summary>Faults injected, by kind.</summary>
    public IReadOnlyDictionary<FaultKind, int> Faults { get; init; } = new Dictionary<FaultKind, int>();

    /// <summary>Steps in flight that were lost and computed again.</summary>
    public int DiscardedSteps { get; init; }

    /// <summary>Membership views of the run.</summary>
    public int Views { get; init; }

    /// <summary>Times that the coordinator was lost and came back.</summary>
    public int CoordinatorLosses { get; init; }

    /// <summary>Times that no worker had the state any more and the run went back to a checkpoint.</summary>
    public int RollBacks { get; init; }

    /// <summary>From the loss of a worker to the next commit.</summary>
    public Recoveries Recoveries { get; init; } = new(0, 0, 0, 0);

    /// <summary>What the ledger holds; null when it could not be read.</summary>
    public LedgerCheck? Ledger { get; init; }

    /// <summary>What else went wrong, one line each.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Where state and logs were left; null when they were removed.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether the disturbed run came to the same weights, with every sample exactly once per epoch.</summary>
    public bool IsPassed => Hash == OracleHash && Ledger is { IsRight: true } && Problems.Count == 0;
}
