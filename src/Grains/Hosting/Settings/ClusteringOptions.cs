namespace NSft.Grains.Hosting.Settings;

/// <summary>
/// Which cluster silos and clients belong to, how they find it, and how soon a silo that is gone is noticed. Section <c>Clustering</c>
/// of the configuration, or the environment (<c>Clustering__Provider=redis</c>).
/// </summary>
public sealed record ClusteringOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Clustering";

    /// <summary>How silos find each other; null for the state directory if there is one, else this machine's ports.</summary>
    public ClusteringProvider? Provider { get; init; }

    /// <summary>Name of the cluster; not empty. Silos of another name are strangers even in the same table.</summary>
    public string ClusterId { get; init; } = "nsft";

    /// <summary>Name of the service, which outlives its clusters; not empty.</summary>
    public string ServiceId { get; init; } = "nsft";

    /// <summary>
    /// Connection string of the Azure account or of the Redis server: secret, never logged. For Azure, null means
    /// <c>Storage:ConnectionString</c>: one account then keeps everything.
    /// </summary>
    public string? ConnectionString { get; init; }

    /// <summary>Address of the account's tables (<c>https://ACCOUNT.table.core.windows.net</c>), reached with the identity of the machine or pod. Azure only.</summary>
    public Uri? AccountUri { get; init; }

    /// <summary>Client id of a managed identity; null for the default one. With <see cref="AccountUri"/>.</summary>
    public string? ManagedIdentityClientId { get; init; }

    /// <summary>The table; letters and digits, 3 to 63, a letter first. Azure only.</summary>
    public string Table { get; init; } = "NSftSilos";

    /// <summary>
    /// How often a silo asks another whether it lives, and how long the answer may take; 50 milliseconds to 1 minute. Null for 0.5
    /// seconds on one machine and 1 second over a network.
    /// </summary>
    /// <remarks>
    /// A training step waits for all workers of its view, so a silo that hangs holds up everybody until it is declared dead. With
    /// Orleans' own 5 seconds a frozen process was noticed after 8.5 seconds, with 0.5 seconds after 0.8 seconds. Less than 0.5
    /// seconds takes pauses of a busy machine for deaths.
    /// </remarks>
    public TimeSpan? ProbePeriod { get; init; }

    /// <summary>Answers in a row that a silo may miss before it is suspected; 1 to 100.</summary>
    public int MissedProbes { get; init; } = 3;

    /// <summary>
    /// Silos that must suspect one before it is declared dead; 1 to 10. Null for 1 on one machine, where nothing lies between
    /// processes that only one of them could miss, and 2 over a network, where a broken link of one silo must not kill another one.
    /// </summary>
    public int? DeathVotes { get; init; }
}
