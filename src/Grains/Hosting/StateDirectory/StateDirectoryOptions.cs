using NSft.Grains.Hosting.Settings;

namespace NSft.Grains.Hosting.StateDirectory;

/// <summary>How a cluster of processes on one machine keeps what it shares in a directory.</summary>
public sealed record StateDirectoryOptions
{
    /// <summary>The directory; made when it is not there.</summary>
    public string Path { get; set; } = string.Empty;

    /// <summary>Whether grains keep their state there too. Default yes.</summary>
    public bool HoldsGrainState { get; set; } = true;

    /// <summary>How soon a silo that is gone is noticed. A frozen process is, after one period more than it may miss; one that was killed refuses connections, which is noticed at once.</summary>
    internal MembershipSettings Membership { get; set; } = MembershipSettings.ForMachine(new ClusteringOptions { MissedProbes = 4 });
}
