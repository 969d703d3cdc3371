using NSft.Grains.Hosting;
using NSft.Grains.Hosting.Settings;
using NSft.Silo;
using NSft.Silo.Logging;

namespace NSft.Client.Processes;

/// <summary>What a silo process offers, and how long it lives.</summary>
/// <param name="WorkersPerSilo">Slots for workers on the CPU; at least 1, or 0 with GPUs.</param>
/// <param name="Cuda">Whether it offers the GPUs it sees.</param>
/// <param name="EndsWithStarter">Whether it dies with the thread that starts it, even when that is killed.</param>
internal sealed record SiloSettings(int WorkersPerSilo, bool Cuda, bool EndsWithStarter = false)
{
    /// <summary>How often it asks another silo whether it lives.</summary>
    public TimeSpan ProbePeriod { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Unanswered questions after which it declares another silo dead.</summary>
    public int MissedProbes { get; init; } = new ClusteringOptions().MissedProbes;

    /// <summary>Where it answers about itself; of several silos the port of the first, each next one has one more.</summary>
    public HttpOptions Http { get; init; } = new();

    /// <summary>How it writes its log.</summary>
    public LogFormat LogFormat { get; init; }

    /// <summary>What the silo's host goes by.</summary>
    /// <param name="stateDirectory">Directory of the cluster.</param>
    /// <param name="name">Name of the silo.</param>
    /// <param name="given">What configuration says of cluster, state and storage.</param>
    public NSftConfiguration ToConfiguration(string? stateDirectory, string? name, NSftConfiguration given) => given with
    {
        Silo = new NSftSiloOptions { StateDirectory = stateDirectory, Name = name, WorkersPerSilo = WorkersPerSilo, Cuda = Cuda },
        Clustering = given.Clustering with { ProbePeriod = ProbePeriod, MissedProbes = MissedProbes },
    };
}
