namespace NSft.Grains.Contracts.Messages;

/// <summary>A worker of a run as its coordinator sees it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Silo">Its silo, in the parsable form of the address.</param>
/// <param name="Device">Index of its device on the silo.</param>
/// <param name="Stage">Where it is on its way.</param>
[GenerateSerializer, Immutable, Alias("nsft.worker-status")]
public sealed record WorkerStatus(
    [property: Id(0)] string Key,
    [property: Id(1)] string Silo,
    [property: Id(2)] int Device,
    [property: Id(3)] WorkerStage Stage);
