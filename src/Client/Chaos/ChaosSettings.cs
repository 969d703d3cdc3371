using NSft.Collectives;
using NSft.Training;

namespace NSft.Client.Chaos;

/// <summary>What a chaos run is asked for.</summary>
/// <param name="Options">What to train; the number of steps is chosen unless it is given.</param>
/// <param name="Faults">How long faults are injected for.</param>
/// <param name="Seed">Decides all faults.</param>
/// <param name="Silos">Silo processes at the start, and workers wanted; at least 2.</param>
/// <param name="Mode">Who holds the optimizer state.</param>
/// <param name="CheckpointEvery">Steps between checkpoints.</param>
internal sealed record ChaosSettings(TrainingOptions Options, TimeSpan Faults, ulong Seed, int Silos, OptimizerStateMode Mode, int CheckpointEvery);
