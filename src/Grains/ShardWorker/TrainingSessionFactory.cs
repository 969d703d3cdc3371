using System.Globalization;
using Microsoft.Extensions.Logging;
using NSft.Collectives;
using NSft.Grains.LocalCopies;
using NSft.Training;
using NSft.Training.Sessions;

namespace NSft.Grains.ShardWorker;

/// <summary>Opens sessions that train a LLaVA model.</summary>
/// <param name="copies">Local copies of what lies at addresses.</param>
/// <param name="time">Clock of progress.</param>
/// <param name="logger">Told of progress.</param>
internal sealed class TrainingSessionFactory(CopyCache copies, TimeProvider time, ILogger<TrainingSessionFactory> logger) : IShardSessionFactory
{
    /// <inheritdoc/>
    public async Task<SessionOrder> FetchAsync(SessionOrder order, CancellationToken cancellation)
    {
        var options = TrainingOptionsJson.Read(order.OptionsJson);
        var progress = new FetchProgressLog(logger, time);

        // Task.Run: listing and removing many files would hold up the turn of other callers.
        return order with
        {
            Inputs = await Task.Run(() => LocalInputs.FetchAsync(options, InputScope.Training, copies, progress, cancellation), cancellation),
        };
    }

    /// <inheritdoc/>
    public IShardSession Open(SessionOrder order, CancellationToken cancellation)
    {
        var inputs = order.Inputs ?? throw new InvalidOperationException($"{order.WorkerKey}: the input was not fetched.");
        var options = inputs.Options;
        try
        {
            if (inputs.Identity() != order.DatasetHash)
            {
                throw new UserInputException($"{options.DataPath}: worker {order.WorkerKey} reads another content than the coordinator");
            }

            var data = inputs.LoadData();
            cancellation.ThrowIfCancellationRequested();
            return new TrainingShardSession(TrainingSession.Open(options with { Device = DeviceName(options.Device, order.Device) }, data));
        }
        catch (UserInputException exception)
        {
            throw inputs.Explain(exception);
        }
    }

    /// <summary>A run asks for GPUs, the fleet says which one.</summary>
    private static string DeviceName(string wanted, int device) =>
        wanted == "cuda" ? string.Create(CultureInfo.InvariantCulture, $"cuda:{device}") : wanted;
}
