using NSft.Collectives;
using NSft.Grains.Dataset;
using NSft.Training;
using NSft.Training.Samples;
using NSft.Training.Sessions;

namespace NSft.Grains.ShardWorker;

/// <summary>Opens sessions that train a LLaVA model.</summary>
internal sealed class TrainingSessionFactory : IShardSessionFactory
{
    /// <inheritdoc/>
    public IShardSession Open(string workerKey, string optionsJson, string datasetHash, CancellationToken cancellation)
    {
        var options = TrainingOptionsJson.Read(optionsJson);
        if (ContentHash.OfFile(options.DataPath) != datasetHash)
        {
            throw new UserInputException($"{options.DataPath}: worker {workerKey} reads another content than the coordinator");
        }

        var data = TrainingData.Load(options);
        cancellation.ThrowIfCancellationRequested();
        return new TrainingShardSession(TrainingSession.Open(options, data));
    }
}
