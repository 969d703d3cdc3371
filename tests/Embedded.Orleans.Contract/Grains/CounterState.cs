namespace NSft.Embedded.Orleans.Contract;

[GenerateSerializer]
[Alias("contract.counter")]
internal sealed class CounterState
{
    [Id(0)]
    public int Count { get; set; }

    [Id(1)]
    public List<int> History { get; set; } = [];
}
