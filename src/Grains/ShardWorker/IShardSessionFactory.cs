namespace NSft.Grains.ShardWorker;

/// <summary>Opens a worker's session.</summary>
internal interface IShardSessionFactory
{
    /// <summary>Brings what a session reads to this machine. On any thread.</summary>
    /// <param name="order">What will be loaded.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>What to give to <see cref="Open"/>; its inputs stay until they are disposed, after the session.</returns>
    Task<SessionOrder> FetchAsync(SessionOrder order, CancellationToken cancellation) => Task.FromResult(order);

    /// <summary>Loads model and data, on the thread that will use the session.</summary>
    /// <param name="order">What to load.</param>
    /// <param name="cancellation">Ends loading early.</param>
    IShardSession Open(SessionOrder order, CancellationToken cancellation);
}
