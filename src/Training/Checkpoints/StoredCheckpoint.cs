namespace NSft.Training.Checkpoints;

/// <summary>A checkpoint that was completed.</summary>
/// <param name="Place">Its folder, or its address.</param>
/// <param name="Manifest">What it holds.</param>
public sealed record StoredCheckpoint(string Place, CheckpointManifest Manifest)
{
    /// <summary>Number of steps that its state has seen.</summary>
    public int Step => Manifest.Step;
}
