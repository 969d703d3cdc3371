namespace NSft.Grains.Chat;

/// <summary>What a job has spent. Ids are explicit and append only.</summary>
[GenerateSerializer, Alias("nsft.spending-state")]
internal sealed class SpendingState
{
    /// <summary>Purses of all silos that took part.</summary>
    [Id(0)]
    public List<PurseState> Purses { get; set; } = [];
}
