namespace NSft.Grains.Contracts.Messages;

/// <summary>A place for one worker on a silo.</summary>
/// <param name="Index">Index of the device on its silo.</param>
/// <param name="Kind">What it is: <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="MemoryBytes">Memory of a GPU; 0 for a CPU slot.</param>
/// <param name="WorkerKey">The worker that has it; null when it is free.</param>
[GenerateSerializer, Immutable, Alias("nsft.device-slot")]
public sealed record DeviceSlot(
    [property: Id(0)] int Index,
    [property: Id(1)] string Kind,
    [property: Id(2)] long MemoryBytes,
    [property: Id(3)] string? WorkerKey);
