namespace NSft.Grains.ShardWorker;

internal sealed class TrainingSessionFactory : IShardSessionFactory
{
    public IShardSession Open(string workerKey, string optionsJson, string datasetHash, CancellationToken cancellation) => throw new NotSupportedException();
}
