using System.Globalization;

namespace NSft.Grains.Tests.Simulation;

/// <summary>Complete checkpoints on a disk that all silos see.</summary>
internal sealed class SimCheckpoints
{
    private readonly SortedDictionary<int, SimCheckpoint> _checkpoints = [];

    internal void Add(SimCheckpoint checkpoint) => _checkpoints[checkpoint.Step] = checkpoint;

    internal SimCheckpoint Find(string directory) => _checkpoints[int.Parse(directory, CultureInfo.InvariantCulture)];

    internal SimCheckpoint? FindNewestWhole(out List<string> problems)
    {
        problems = [.. _checkpoints.Values.Where(one => one.IsDamaged).Select(one => $"the checkpoint after {one.Step} steps is damaged")];
        return _checkpoints.Values.LastOrDefault(one => !one.IsDamaged);
    }
}
