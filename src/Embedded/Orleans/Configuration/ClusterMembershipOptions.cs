namespace Orleans.Configuration;

/// <summary>How silos watch each other. Counts only in a cluster with a membership table.</summary>
public class ClusterMembershipOptions
{
    /// <summary>How many missed probes in a row make a silo suspected.</summary>
    public int NumMissedProbesLimit { get; set; } = 3;

    /// <summary>How often a silo is probed, and how long its answer may take.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the table is read without a reason.</summary>
    public TimeSpan TableRefreshTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a suspicion counts.</summary>
    public TimeSpan DeathVoteExpirationTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a silo writes that it lives.</summary>
    public TimeSpan IAmAliveTablePublishTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a silo may try to join.</summary>
    public TimeSpan MaxJoinAttemptTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether changes are told to the other silos at once.</summary>
    public bool UseLivenessGossip { get; set; } = true;

    /// <summary>How many silos each silo probes.</summary>
    public int NumProbedSilos { get; set; } = 10;

    /// <summary>How many silos must suspect one before it is declared dead.</summary>
    public int NumVotesForDeathDeclaration { get; set; } = 2;

    /// <summary>Whether other traffic from a silo counts as an answer to probes; this engine's probes never wait behind it.</summary>
    public bool EnableConnectionLivenessCheck { get; set; } = true;

    /// <summary>How long the row of a dead silo stays.</summary>
    public TimeSpan DefunctSiloExpiration { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often rows of dead silos are looked for; null for never.</summary>
    public TimeSpan? DefunctSiloCleanupPeriod { get; set; } = TimeSpan.FromHours(1);
}
