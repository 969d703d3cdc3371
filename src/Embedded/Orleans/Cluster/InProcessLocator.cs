namespace Orleans.Runtime;

/// <summary>The directory of a cluster in this process: every answer is at hand and true.</summary>
internal sealed class InProcessLocator(GrainDirectory directory) : IGrainLocator
{
    public bool IsCached => false;

    public ValueTask<SiloAddress?> LookupAsync(GrainId id) => new(directory.Find(id));

    public ValueTask<SiloAddress?> PlaceAsync(PlacementRequest request, bool isCertain) => new(directory.Place(request));

    public ValueTask<bool> RegisterAsync(GrainAddress address) => new(directory.Register(address));

    public ValueTask UnregisterAsync(GrainAddress address)
    {
        directory.Unregister(address);
        return default;
    }

    public ValueTask<int> CountAsync() => new(directory.Count);
}
