using System.Globalization;
using NSft.Collectives;
using NSft.Collectives.Files;
using NSft.Training;
using NSft.Training.Samples;
using NSft.Training.Sessions;

namespace NSft.Grains.ShardWorker;

/// <summary>Opens sessions that train a LLaVA model.</summary>
internal sealed class TrainingSessionFactory : IShardSessionFactory
{
    /// <inheritdoc/>
    public IShardSession Open(SessionOrder order, CancellationToken cancellation)
    {
        var options = TrainingOptionsJson.Read(order.OptionsJson);
        if (FileHash.OfPath(options.DataPath) != order.DatasetHash)
        {
            throw new UserInputException($"{options.DataPath}: worker {order.WorkerKey} reads another content than the coordinator");
        }

        var data = TrainingData.Load(options);
        cancellation.ThrowIfCancellationRequested();
        return new TrainingShardSession(TrainingSession.Open(options with { Device = DeviceName(options.Device, order.Device) }, data));
    }

    /// <summary>A run asks for GPUs, the fleet says which one.</summary>
    private static string DeviceName(string wanted, int device) =>
        wanted == "cuda" ? string.Create(CultureInfo.InvariantCulture, $"cuda:{device}") : wanted;
}
