namespace NSft.Training.Checkpoints;

/// <summary>A checkpoint that was completed.</summary>
/// <param name="Directory">Its folder.</param>
/// <param name="Manifest">What it holds.</param>
public sealed record StoredCheckpoint(string Directory, CheckpointManifest Manifest)
{
    /// <summary>Number of steps that its state has seen.</summary>
    public int Step => Manifest.Step;
}
