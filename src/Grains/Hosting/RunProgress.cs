using NSft.Grains.Contracts.Messages;
using NSft.Training;

namespace NSft.Grains.Hosting;

/// <summary>What a run reports while it goes on.</summary>
/// <param name="Phase">Where the run is.</param>
/// <param name="TotalSteps">Steps of the whole run; 0 until the workers have opened.</param>
/// <param name="Step">The step just committed; null when only the phase changed.</param>
public sealed record RunProgress(RunPhase Phase, int TotalSteps, StepRecord? Step);
