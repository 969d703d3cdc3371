using NSft.Client.Remote;
using NSft.Storage;

namespace NSft.Client.Clusters;

/// <summary>Where the runs of a cluster keep what they were asked for and what happened in them.</summary>
/// <param name="stores">Opens the places.</param>
/// <param name="root">The place of all runs; each has a part of it by its id.</param>
internal sealed class RunPlaces(IObjectStores stores, StoreAddress root)
{
    /// <summary>The places of a cluster, as the configuration says.</summary>
    public static RunPlaces Of(ClusterConnection connection) => Of(connection.IsNetwork ? null : connection.StatePath);

    /// <summary>The places of a cluster of a state directory; null for a cluster without one.</summary>
    public static RunPlaces Of(string? stateDirectory) => new(ConsoleStores.Open(), ConsoleSettings.Read().Runs.Resolve(stateDirectory));

    /// <summary>Address of a run's place.</summary>
    public StoreAddress AddressOf(string runId) => root.At(runId);

    /// <summary>A run's place.</summary>
    public IObjectStore Open(string runId) => stores.Open(AddressOf(runId));

    /// <summary>Id of the last run of a name, or of the last one for <c>last</c>; null for none.</summary>
    public Task<string?> FindIdAsync(string word, CancellationToken cancellation) =>
        SubmittedRun.FindIdAsync(stores.Open(root), word, Open, cancellation);
}
