namespace NSft.Grains.Contracts.Messages;

/// <summary>A membership view: a rising version and its workers in seat order. Each worker's seat is its index.</summary>
/// <param name="Version">Version of the view, from 1.</param>
/// <param name="FirstStep">First step that this view computes.</param>
/// <param name="Seats">Workers in seat order.</param>
[GenerateSerializer, Immutable, Alias("nsft.view")]
public sealed record ViewMessage(
    [property: Id(0)] long Version,
    [property: Id(1)] int FirstStep,
    [property: Id(2)] WorkerSeat[] Seats);
