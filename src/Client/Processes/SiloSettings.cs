namespace NSft.Client.Processes;

/// <summary>What a silo process offers, and how long it lives.</summary>
/// <param name="WorkersPerSilo">Slots for workers on the CPU, at least 1.</param>
/// <param name="Cuda">Whether it offers the GPUs it sees.</param>
/// <param name="EndsWithStarter">Whether it dies with the thread that starts it, even when that is killed.</param>
internal sealed record SiloSettings(int WorkersPerSilo, bool Cuda, bool EndsWithStarter = false);
