namespace NSft.Grains.Contracts.Messages;

/// <summary>One committed step as observers see it.</summary>
/// <param name="Step">Step, from 0.</param>
/// <param name="Loss">Loss of the whole global batch.</param>
/// <param name="GradientNorm">Global gradient norm before clipping.</param>
/// <param name="LearningRate">Learning rate that the step was applied with.</param>
/// <param name="Tokens">Target tokens of the step.</param>
/// <param name="Metrics">What else the objective reports.</param>
/// <param name="ViewVersion">Membership view that computed the step.</param>
/// <param name="Attempts">Tries that the step took.</param>
[GenerateSerializer, Immutable, Alias("nsft.step")]
public sealed record StepMessage(
    [property: Id(0)] int Step,
    [property: Id(1)] double Loss,
    [property: Id(2)] double GradientNorm,
    [property: Id(3)] double LearningRate,
    [property: Id(4)] long Tokens,
    [property: Id(5)] MetricMessage[] Metrics,
    [property: Id(6)] long ViewVersion,
    [property: Id(7)] int Attempts);
