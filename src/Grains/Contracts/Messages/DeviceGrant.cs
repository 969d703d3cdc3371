namespace NSft.Grains.Contracts.Messages;

/// <summary>A free device that the fleet has set aside for a worker.</summary>
/// <param name="Silo">The silo, in the parsable form of its address.</param>
/// <param name="Device">Index of the device on it.</param>
[GenerateSerializer, Immutable, Alias("nsft.device-grant")]
public sealed record DeviceGrant(
    [property: Id(0)] string Silo,
    [property: Id(1)] int Device);
