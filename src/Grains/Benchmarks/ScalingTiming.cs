namespace NSft.Grains.Benchmarks;

/// <summary>What the coordinator's decisions cost.</summary>
/// <param name="Workers">Workers of the run.</param>
/// <param name="Elements">Elements of the model.</param>
/// <param name="StepMicroseconds">A step, by the median: three rounds of commands and answers.</param>
/// <param name="StepBytes">Bytes allocated in a step.</param>
/// <param name="ViewChangeMicroseconds">A view change after the loss of a worker, up to the first order of the next step.</param>
/// <param name="OpenMicroseconds">Opening all workers up to the first order of the first step.</param>
public sealed record ScalingTiming(
    int Workers, long Elements, double StepMicroseconds, long StepBytes, double ViewChangeMicroseconds, double OpenMicroseconds);
