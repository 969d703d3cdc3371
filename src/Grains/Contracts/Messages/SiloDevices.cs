namespace NSft.Grains.Contracts.Messages;

/// <summary>What a silo announces to the fleet.</summary>
/// <param name="Silo">The silo, in the parsable form of its address.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsDraining">It is about to leave and takes no more workers.</param>
/// <param name="Devices">Its devices.</param>
[GenerateSerializer, Immutable, Alias("nsft.silo-devices")]
public sealed record SiloDevices(
    [property: Id(0)] string Silo,
    [property: Id(1)] string Name,
    [property: Id(2)] bool IsDraining,
    [property: Id(3)] DeviceSlot[] Devices);
