using NSft.Storage;
using NSft.Training.Checkpoints;

namespace NSft.Grains.Run;

/// <summary>Where runs keep what outlives a process: folders, or addresses of object stores. One per silo.</summary>
/// <param name="stores">Opens addresses.</param>
/// <param name="scratch">Room for files on their way.</param>
internal sealed class RunStorage(IObjectStores stores, ScratchFolder scratch)
{
    internal IObjectStores Stores => stores;

    internal ScratchFolder Scratch => scratch;

    /// <summary>Opens places of checkpoints.</summary>
    internal CheckpointStores Checkpoints { get; } = new(stores, scratch);
}
