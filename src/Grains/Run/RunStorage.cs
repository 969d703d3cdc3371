using NSft.Collectives;
using NSft.Storage;
using NSft.Training.Checkpoints;

namespace NSft.Grains.Run;

/// <summary>Where runs keep what outlives a process: folders, or addresses of object stores. One per silo.</summary>
/// <param name="stores">Opens addresses.</param>
/// <param name="scratch">Room for files on their way.</param>
/// <param name="time">The clock.</param>
internal sealed class RunStorage(IObjectStores stores, ScratchFolder scratch, TimeProvider time)
{
    /// <summary>How long the end of a run waits for a store that fails: the weights are nowhere else.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    internal IObjectStores Stores => stores;

    internal ScratchFolder Scratch => scratch;

    /// <summary>Opens places of checkpoints.</summary>
    internal CheckpointStores Checkpoints { get; } = new(stores, scratch);

    /// <summary>Does what must not fail because a store does for a while.</summary>
    /// <exception cref="UserInputException">It has failed for too long.</exception>
    internal async Task InsistAsync(Func<Task> work, CancellationToken cancellation)
    {
        var begin = time.GetTimestamp();
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (UserInputException) when (time.GetElapsedTime(begin) < Patience)
            {
                await Task.Delay(Pause, time, cancellation);
            }
        }
    }
}
