namespace NSft.Grains.Contracts.Messages;

/// <summary>Gives a worker a new view and its seat in it. Only between steps.</summary>
/// <param name="RunId">The run.</param>
/// <param name="View">The view; a worker refuses one that is not newer than its own.</param>
/// <param name="Seat">The worker's index in the view.</param>
[GenerateSerializer, Immutable, Alias("nsft.seat-request")]
public sealed record SeatRequest(
    [property: Id(0)] string RunId,
    [property: Id(1)] ViewMessage View,
    [property: Id(2)] int Seat);
