using NSft.Collectives;
using NSft.Training.Sessions;

namespace NSft.Training.Checkpoints;

/// <summary>Reads a checkpoint into a worker.</summary>
internal static class CheckpointLoader
{
    /// <summary>Reads the manifest of a checkpoint that this worker can go on from.</summary>
    /// <exception cref="UserInputException">It is damaged, or was written by a run with another plan.</exception>
    internal static CheckpointManifest Open(ICheckpointSource source, SessionFacts facts)
    {
        CheckpointManifest manifest = source.ReadManifest();
        manifest.EnsureUsable(source.Place, facts.PlanHash);
        if (manifest.LayoutHash != facts.Layout.Hash)
        {
            throw new UserInputException($"{source.Place}: the checkpoint belongs to a run with other options, data or initial weights");
        }

        if (facts.DataBits > 0 && manifest.Step > 0 && manifest.NextExponents?.Length != facts.Layout.Slices.Count)
        {
            throw new UserInputException($"{source.Place}: the checkpoint has no exponents for {facts.Layout.Slices.Count} slices");
        }

        long length = manifest.Files.Sum(file => file.Range.Length);
        return length == facts.Layout.Length
            ? manifest
            : throw new UserInputException($"{source.Place}: the checkpoint holds {length} of {facts.Layout.Length} elements");
    }

    /// <summary>Reads all files that hold state.</summary>
    /// <param name="source">The checkpoint.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="write">Takes the state; what it took means nothing when this throws.</param>
    /// <exception cref="UserInputException">A file is missing or damaged.</exception>
    internal static void Read(ICheckpointSource source, CheckpointManifest manifest, StateWriter write)
    {
        foreach (CheckpointFile file in manifest.Files.Where(file => file.Range.Length > 0))
        {
            source.Read(file, write);
        }
    }
}
