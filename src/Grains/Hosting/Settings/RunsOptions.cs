using NSft.Storage;

namespace NSft.Grains.Hosting.Settings;

/// <summary>Where runs keep what they were asked for and what happened in them. Section <c>Runs</c> of the configuration.</summary>
public sealed record RunsOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Runs";

    private const string NetworkDefault = "azblob:nsft-runs";

    /// <summary>
    /// Folder or address (<c>azblob:CONTAINER/PREFIX</c>) that all silos and consoles of the cluster reach; a run has a part of it by its
    /// id. Null for <c>runs</c> in the state directory, or <c>azblob:nsft-runs</c> where silos share none.
    /// </summary>
    public string? Address { get; init; }

    /// <summary>The place of all runs.</summary>
    /// <param name="stateDirectory">The cluster's state directory; null for none.</param>
    /// <exception cref="Collectives.UserInputException">The address cannot be read.</exception>
    public StoreAddress Resolve(string? stateDirectory) =>
        StoreAddress.Parse(Address ?? (stateDirectory is null ? NetworkDefault : Path.Combine(stateDirectory, "runs")));
}
