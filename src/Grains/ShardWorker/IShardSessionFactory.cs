namespace NSft.Grains.ShardWorker;

/// <summary>Opens a worker's session, on the thread that will use it.</summary>
internal interface IShardSessionFactory
{
    /// <summary>Loads model and data.</summary>
    /// <param name="order">What to load.</param>
    /// <param name="cancellation">Ends loading early.</param>
    IShardSession Open(SessionOrder order, CancellationToken cancellation);
}
