namespace NSft.Grains.Fleet;

/// <summary>Which silo each worker goes to. Pure: the same silos give the same places.</summary>
internal static class WorkerPlacementPlan
{
    /// <summary>Deals workers to silos in turn, silos in ordinal order.</summary>
    /// <param name="silos">At least one silo.</param>
    /// <param name="workerCount">Workers.</param>
    /// <returns>One silo per worker.</returns>
    /// <exception cref="ArgumentException">There is no silo.</exception>
    internal static string[] Deal(IReadOnlyCollection<string> silos, int workerCount)
    {
        if (silos.Count == 0)
        {
            throw new ArgumentException("The cluster has no active silo.", nameof(silos));
        }

        string[] sorted = [.. silos.Order(StringComparer.Ordinal)];
        return [.. Enumerable.Range(0, workerCount).Select(worker => sorted[worker % sorted.Length])];
    }
}
