namespace NSft.Grains.Hosting.StateDirectory;

/// <summary>How a cluster of processes on one machine keeps what it shares in a directory.</summary>
public sealed record StateDirectoryOptions
{
    /// <summary>The directory; made when it is not there.</summary>
    public string Path { get; set; } = string.Empty;

    /// <summary>How often a silo asks another whether it lives, and how long the answer may take. Default 0.5 seconds.</summary>
    public TimeSpan ProbePeriod { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How many answers in a row a silo may miss, at least 1. Default 4: a frozen process is declared dead within 5 periods. One
    /// that is gone refuses connections, which is noticed at once.
    /// </summary>
    public int MissedProbes { get; set; } = 4;

    /// <summary>How often the shared files are read without a reason. Default 1 second.</summary>
    public TimeSpan RefreshPeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long rows of dead silos stay. Default 10 minutes.</summary>
    public TimeSpan DefunctSiloExpiration { get; set; } = TimeSpan.FromMinutes(10);
}
