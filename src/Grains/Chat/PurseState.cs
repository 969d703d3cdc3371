namespace NSft.Grains.Chat;

/// <summary>What one silo has spent of a job's budget. Ids are explicit and append only.</summary>
[GenerateSerializer, Alias("nsft.purse-state")]
internal sealed class PurseState
{
    /// <summary>The purse.</summary>
    [Id(0)]
    public string Id { get; set; } = string.Empty;

    /// <summary>Its silo.</summary>
    [Id(1)]
    public string Silo { get; set; } = string.Empty;

    /// <summary>Cost of requests that have ended.</summary>
    [Id(2)]
    public decimal Settled { get; set; }

    /// <summary>What its requests in flight may cost at most.</summary>
    [Id(3)]
    public decimal Held { get; set; }
}
