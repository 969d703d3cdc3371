using Microsoft.Extensions.Configuration;
using NSft.Collectives;
using NSft.Grains.LocalCopies;
using NSft.Storage;

namespace NSft.Grains.Hosting.Settings;

/// <summary>All that a silo is configured by; a client goes by its cluster and its storage account alone.</summary>
/// <param name="Silo">What it offers and where it listens.</param>
/// <param name="Clustering">Its cluster.</param>
/// <param name="State">Where grains keep their state.</param>
/// <param name="Storage">How blob accounts are reached.</param>
public sealed record NSftConfiguration(NSftSiloOptions Silo, ClusteringOptions Clustering, GrainStateOptions State, StorageOptions Storage)
{
    /// <summary>The defaults.</summary>
    public NSftConfiguration()
        : this(new NSftSiloOptions(), new ClusteringOptions(), new GrainStateOptions(), new StorageOptions())
    {
    }

    /// <summary>Where local copies of data are kept.</summary>
    public CacheOptions Cache { get; init; } = new();

    /// <summary>Where runs keep their journals.</summary>
    public RunsOptions Runs { get; init; } = new();

    /// <summary>How silos find each other.</summary>
    public ClusteringProvider ClusteringProvider =>
        Clustering.Provider ?? (Silo.StateDirectory is null ? ClusteringProvider.Localhost : ClusteringProvider.Directory);

    /// <summary>Whether silos run on several machines.</summary>
    public bool IsNetwork => ClusteringProvider is ClusteringProvider.Azure or ClusteringProvider.Redis;

    /// <summary>Where grains keep their state.</summary>
    public GrainStateProvider StateProvider => State.Provider
        ?? (IsNetwork ? GrainStateProvider.AzBlob : Silo.StateDirectory is null ? GrainStateProvider.Memory : GrainStateProvider.Directory);

    /// <summary>The connection string that the cluster's table or server is reached by; null for none.</summary>
    public string? ClusterConnectionString => Clustering.ConnectionString
        ?? (ClusteringProvider == ClusteringProvider.Azure && Clustering.AccountUri is null ? Storage.ConnectionString : null);

    /// <summary>Reads the sections <c>Silo</c>, <c>Clustering</c>, <c>State</c>, <c>Storage</c>, <c>Cache</c> and <c>Runs</c>.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <exception cref="UserInputException">A setting does not exist or cannot be read.</exception>
    public static NSftConfiguration Read(IConfiguration configuration) => new(
        SectionReader.Read<NSftSiloOptions>(configuration, NSftSiloOptions.Section),
        SectionReader.Read<ClusteringOptions>(configuration, ClusteringOptions.Section),
        SectionReader.Read<GrainStateOptions>(configuration, GrainStateOptions.Section),
        SectionReader.Read<StorageOptions>(configuration, StorageOptions.Section))
    {
        Cache = SectionReader.Read<CacheOptions>(configuration, CacheOptions.Section),
        Runs = SectionReader.Read<RunsOptions>(configuration, RunsOptions.Section),
    };

    /// <summary>Checks what a silo goes by.</summary>
    /// <exception cref="UserInputException">It cannot be used.</exception>
    public void Ensure() => Throw([
        .. new NSftSiloOptionsValidator().Validate(null, Silo).Failures ?? [],
        .. ClusterProblems(),
        .. new GrainStateOptionsValidator().Validate(null, State).Failures ?? [],
        .. StateProblems(),
        .. StorageProblems(isNeeded: StateProvider == GrainStateProvider.AzBlob),
        .. new CacheOptionsValidator().Validate(null, Cache).Failures ?? [],
    ]);

    /// <summary>Checks what a client goes by.</summary>
    /// <exception cref="UserInputException">It cannot be used.</exception>
    public void EnsureClient() => Throw([.. ClusterProblems()]);

    private static void Throw(List<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new UserInputException(string.Join("; ", problems));
        }
    }

    private IEnumerable<string> ClusterProblems()
    {
        foreach (var problem in new ClusteringOptionsValidator().Validate(null, Clustering).Failures ?? [])
        {
            yield return problem;
        }

        if (ClusteringProvider == ClusteringProvider.Directory && Silo.StateDirectory is null)
        {
            yield return "Clustering:Provider is directory, but Silo:StateDirectory names none: give one";
        }

        if (ClusteringProvider != ClusteringProvider.Directory && Silo.StateDirectory is not null)
        {
            yield return $"Clustering:Provider is {Word(ClusteringProvider)}, but Silo:StateDirectory is set: leave one of them out";
        }

        if (ConnectionProblem() is { } connection)
        {
            yield return connection;
        }
    }

    private string? ConnectionProblem() => ClusteringProvider switch
    {
        ClusteringProvider.Azure when Clustering.AccountUri is not null && Clustering.ConnectionString is not null =>
            "Clustering:AccountUri and Clustering:ConnectionString are both set: leave one of them out",
        ClusteringProvider.Azure when Clustering.AccountUri is not null => null,
        ClusteringProvider.Azure => ConnectionStrings.AzureProblem(ClusterConnectionString) is { } problem ? $"Clustering:ConnectionString {problem}" : null,
        ClusteringProvider.Redis when Clustering.AccountUri is not null => "Clustering:AccountUri is for Azure: a Redis server is named by Clustering:ConnectionString",
        ClusteringProvider.Redis => ConnectionStrings.RedisProblem(ClusterConnectionString) is { } problem ? $"Clustering:ConnectionString {problem}" : null,
        _ => null,
    };

    private IEnumerable<string> StateProblems()
    {
        if (StateProvider == GrainStateProvider.Directory && ClusteringProvider != ClusteringProvider.Directory)
        {
            yield return $"State:Provider is directory, which silos of Clustering:Provider {Word(ClusteringProvider)} do not share: give azblob, or name a Silo:StateDirectory";
        }

        if (StateProvider == GrainStateProvider.Memory && ClusteringProvider != ClusteringProvider.Localhost)
        {
            yield return $"State:Provider is memory, which is gone with its silo, but the cluster of Clustering:Provider {Word(ClusteringProvider)} lives longer: give {(IsNetwork ? "azblob" : "directory or azblob")}";
        }
    }

    private IEnumerable<string> StorageProblems(bool isNeeded)
    {
        foreach (var problem in StorageOptionsValidator.Problems(Storage))
        {
            yield return problem;
        }

        if (!string.IsNullOrWhiteSpace(Storage.ConnectionString) && ConnectionStrings.AzureProblem(Storage.ConnectionString) is { } connection)
        {
            yield return $"Storage:ConnectionString {connection}";
        }

        if (isNeeded && Storage is { ConnectionString: null, AccountUri: null })
        {
            yield return "State:Provider is azblob, but no account is configured: give Storage:ConnectionString or Storage:AccountUri";
        }
    }

#pragma warning disable CA1308 // words as they are written in the configuration
    private static string Word(ClusteringProvider provider) => provider.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
