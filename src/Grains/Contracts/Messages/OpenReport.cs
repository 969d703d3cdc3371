namespace NSft.Grains.Contracts.Messages;

/// <summary>What a worker found when it opened model and data. All workers of a run must find the same, apart from their silo.</summary>
/// <param name="Failure">Why it could not open; null when it could.</param>
/// <param name="Silo">Silo that the worker runs on, in the parsable form of its address.</param>
/// <param name="TotalSteps">Steps of the run.</param>
/// <param name="ShardCount">Shards of each step.</param>
/// <param name="DataBits">Data bits of the fixed-point sums; 0 for float sums.</param>
/// <param name="PlanHash">Hash over options, data, sample order and gradient layout.</param>
/// <param name="HeldBytes">Bytes of weights, gradients and optimizer state.</param>
/// <param name="LayoutHash">Hash of the flat vector's layout.</param>
/// <param name="ElementCount">Elements of the flat vector.</param>
[GenerateSerializer, Immutable, Alias("nsft.open-report")]
public sealed record OpenReport(
    [property: Id(0)] Failure? Failure,
    [property: Id(1)] string Silo,
    [property: Id(2)] int TotalSteps,
    [property: Id(3)] int ShardCount,
    [property: Id(4)] int DataBits,
    [property: Id(5)] string PlanHash,
    [property: Id(6)] long HeldBytes,
    [property: Id(7)] string LayoutHash,
    [property: Id(8)] long ElementCount)
{
    /// <summary>The report of a worker that could not open.</summary>
    /// <param name="failure">Why.</param>
    public static OpenReport Failed(Failure failure) => new(failure, string.Empty, 0, 0, 0, string.Empty, 0, string.Empty, 0);
}
