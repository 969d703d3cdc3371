namespace NSft.Training.Checkpoints;

/// <summary>What a search for a checkpoint to go on from has found.</summary>
/// <param name="Newest">The newest whole one; null when there is none.</param>
/// <param name="Problems">What is wrong with the newer ones.</param>
public sealed record CheckpointSearch(StoredCheckpoint? Newest, IReadOnlyList<string> Problems);
