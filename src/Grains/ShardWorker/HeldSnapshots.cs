using NSft.Training.Checkpoints;

namespace NSft.Grains.ShardWorker;

/// <summary>Copies of a worker's state that wait for the place they are written to. Used on the grain's scheduler.</summary>
internal sealed class HeldSnapshots : IDisposable
{
    private readonly Dictionary<int, CheckpointPart> _parts = [];

    /// <summary>Keeps a copy.</summary>
    internal void Add(int step, CheckpointPart part)
    {
        Take(step)?.Dispose();
        _parts.Add(step, part);
    }

    /// <summary>Hands a copy over; null when there is none.</summary>
    internal CheckpointPart? Take(int step) => _parts.Remove(step, out var part) ? part : null;

    /// <summary>Lets all other copies go: a coordinator that is gone, or gave a checkpoint up, never asks for them.</summary>
    internal void KeepOnly(IReadOnlyCollection<int> steps)
    {
        foreach (var step in _parts.Keys.Except(steps).ToList())
        {
            Take(step)!.Dispose();
        }
    }

    public void Dispose() => KeepOnly([]);
}
