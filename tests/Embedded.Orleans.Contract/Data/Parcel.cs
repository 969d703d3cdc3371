namespace NSft.Embedded.Orleans.Contract;

[GenerateSerializer]
[Alias("contract.parcel")]
internal sealed record Parcel(string Name, List<int> Values)
{
    [Id(0)]
    public Guid Key { get; init; }

    [Id(1)]
    public DateTimeOffset? Sent { get; init; }
}
