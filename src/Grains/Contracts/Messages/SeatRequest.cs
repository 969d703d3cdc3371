namespace NSft.Grains.Contracts.Messages;

/// <summary>Gives a halted worker its seat in the new view. An active worker copies what it lacks before it answers.</summary>
/// <param name="RunId">The run.</param>
/// <param name="View">The view, of the version that the worker has promised to.</param>
/// <param name="Seat">The worker's index in the view.</param>
/// <param name="CommittedSteps">Steps that are committed.</param>
/// <param name="NextExponents">Exponents of the next step; null before the first commit or for float sums.</param>
/// <param name="Sources">Who has the state.</param>
/// <param name="CheckpointDirectory">Checkpoint to take the state from instead; null for none.</param>
[GenerateSerializer, Immutable, Alias("nsft.seat-request")]
public sealed record SeatRequest(
    [property: Id(0)] string RunId,
    [property: Id(1)] ViewMessage View,
    [property: Id(2)] int Seat,
    [property: Id(3)] int CommittedSteps,
    [property: Id(4)] int[]? NextExponents,
    [property: Id(5)] SourceMessage[] Sources,
    [property: Id(6)] string? CheckpointDirectory);
