namespace NSft.Training.Sessions;

/// <summary>What a session's last <see cref="TrainingSession.Prepare"/> computed and how long each part took by the host's clock.</summary>
/// <param name="SampleCount">Samples of its shards.</param>
/// <param name="Plan">Samples chosen, batches made, changed weights brought to the device.</param>
/// <param name="Forward">Forward passes.</param>
/// <param name="Backward">Backward passes.</param>
/// <param name="Quantise">Gradients copied from the device and added to the sum.</param>
public readonly record struct PreparedWork(int SampleCount, TimeSpan Plan, TimeSpan Forward, TimeSpan Backward, TimeSpan Quantise);
