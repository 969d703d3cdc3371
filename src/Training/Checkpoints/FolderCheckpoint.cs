namespace NSft.Training.Checkpoints;

/// <summary>A checkpoint in a folder.</summary>
/// <param name="directory">The folder.</param>
public sealed class FolderCheckpoint(string directory) : ICheckpointSource
{
    /// <inheritdoc/>
    public string Place => directory;

    /// <inheritdoc/>
    public CheckpointManifest ReadManifest() => CheckpointManifest.Read(directory);

    /// <inheritdoc/>
    public void Read(CheckpointFile file, StateWriter take) => CheckpointPartFile.Read(directory, file, take);
}
