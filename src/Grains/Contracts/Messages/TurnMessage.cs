namespace NSft.Grains.Contracts.Messages;

/// <summary>A question and its answer.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer.</param>
[GenerateSerializer, Immutable, Alias("nsft.turn")]
public sealed record TurnMessage(
    [property: Id(0)] string Question,
    [property: Id(1)] string Answer);
