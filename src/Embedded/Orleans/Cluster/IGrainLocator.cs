namespace Orleans.Runtime;

/// <summary>Where each grain's activation is, or is to be. Answers are awaited because the directory may be in another process.</summary>
internal interface IGrainLocator
{
    /// <summary>Whether <see cref="PlaceAsync"/> may answer from memory, so that the silo that is named has to ask before it believes.</summary>
    bool IsCached { get; }

    /// <summary>The silo that has, or is to have, the grain; null for none.</summary>
    ValueTask<SiloAddress?> LookupAsync(GrainId id);

    /// <summary>The grain's silo, chosen now if it has none; null if no silo is active.</summary>
    /// <param name="request">The grain, and who asks.</param>
    /// <param name="isCertain">Asks the directory itself.</param>
    ValueTask<SiloAddress?> PlaceAsync(PlacementRequest request, bool isCertain);

    /// <summary>Registers an activation; false if the grain has another one, or its place is elsewhere.</summary>
    ValueTask<bool> RegisterAsync(GrainAddress address);

    /// <summary>Removes an activation, or a reservation at its silo.</summary>
    ValueTask UnregisterAsync(GrainAddress address);

    /// <summary>The number of grains that have a place.</summary>
    ValueTask<int> CountAsync();
}
