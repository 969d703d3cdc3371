namespace NSft.Grains.ShardWorker;

/// <summary>Opens a worker's session, on the thread that will use it.</summary>
internal interface IShardSessionFactory
{
    /// <summary>Loads model and data.</summary>
    /// <param name="workerKey">Key of the worker, for messages.</param>
    /// <param name="optionsJson">The training options of the run.</param>
    /// <param name="datasetHash">Content hash that the data file must have.</param>
    /// <param name="cancellation">Ends loading early.</param>
    IShardSession Open(string workerKey, string optionsJson, string datasetHash, CancellationToken cancellation);
}
