namespace NSft.Grains.Contracts.Messages;

/// <summary>Something that happened in a run.</summary>
/// <param name="Sequence">Number of the event, from 1, without gaps.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="Step">Committed steps at that time.</param>
/// <param name="View">Version of the view.</param>
/// <param name="Kind">What.</param>
/// <param name="Text">One line for people.</param>
/// <param name="Seconds">A duration that belongs to it; 0 for none.</param>
[GenerateSerializer, Immutable, Alias("nsft.run-event")]
public sealed record RunEventMessage(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset Time,
    [property: Id(2)] int Step,
    [property: Id(3)] long View,
    [property: Id(4)] RunEventKind Kind,
    [property: Id(5)] string Text,
    [property: Id(6)] double Seconds);
