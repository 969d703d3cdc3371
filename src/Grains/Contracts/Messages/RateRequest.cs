namespace NSft.Grains.Contracts.Messages;

/// <summary>Answers of one prompt to rate.</summary>
/// <param name="JobId">Whose budget is spent.</param>
/// <param name="ChatJson">Which chat model answers, and how.</param>
/// <param name="JudgeJson">How it judges.</param>
/// <param name="RowJson">The prompt with its answers.</param>
[GenerateSerializer, Immutable, Alias("nsft.rate-request")]
public sealed record RateRequest(
    [property: Id(0)] string JobId,
    [property: Id(1)] string ChatJson,
    [property: Id(2)] string JudgeJson,
    [property: Id(3)] string RowJson);
