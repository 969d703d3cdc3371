using NSft.Collectives;

namespace NSft.Grains.Run;

/// <summary>What of a request the state machine needs.</summary>
/// <param name="AttemptLimit">Tries of one step, or failures of workers in it, before the run fails; at least 2.</param>
/// <param name="MinWorkers">Fewest active workers that steps run with.</param>
/// <param name="StateMode">Who holds the optimizer state.</param>
/// <param name="CheckpointEvery">Steps between checkpoints; 0 for none.</param>
/// <param name="KeepsCheckpoints">Checkpoints can be written.</param>
internal sealed record RunPolicy(
    int AttemptLimit,
    int MinWorkers = 1,
    OptimizerStateMode StateMode = OptimizerStateMode.Replicated,
    int CheckpointEvery = 0,
    bool KeepsCheckpoints = false);
