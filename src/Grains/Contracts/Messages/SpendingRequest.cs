namespace NSft.Grains.Contracts.Messages;

/// <summary>What a silo spent of a job's budget and what it would spend next. Amounts are in the currency of the prices.</summary>
/// <param name="PurseId">The silo's purse.</param>
/// <param name="Silo">The silo, in the parsable form.</param>
/// <param name="Budget">What the job may cost.</param>
/// <param name="Settled">Cost of all requests of the purse that have ended.</param>
/// <param name="Held">What its requests in flight may cost at most.</param>
/// <param name="Costs">What each waiting request may cost at most, in their order.</param>
[GenerateSerializer, Immutable, Alias("nsft.spending-request")]
public sealed record SpendingRequest(
    [property: Id(0)] string PurseId,
    [property: Id(1)] string Silo,
    [property: Id(2)] decimal Budget,
    [property: Id(3)] decimal Settled,
    [property: Id(4)] decimal Held,
    [property: Id(5)] decimal[] Costs);
