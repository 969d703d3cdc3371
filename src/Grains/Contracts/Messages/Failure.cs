namespace NSft.Grains.Contracts.Messages;

/// <summary>A failure as a value: peers that fail are told in reports, not thrown across silos.</summary>
/// <param name="Kind">Who has to act.</param>
/// <param name="Message">One line for the user.</param>
[GenerateSerializer, Immutable, Alias("nsft.failure")]
public sealed record Failure(
    [property: Id(0)] FailureKind Kind,
    [property: Id(1)] string Message);
