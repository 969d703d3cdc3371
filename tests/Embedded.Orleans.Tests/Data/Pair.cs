namespace NSft.Embedded.Orleans.Tests.Data;

[GenerateSerializer]
[Alias("pair")]
public sealed class Pair<TLeft, TRight>
{
    [Id(0)]
    public TLeft? Left { get; set; }

    [Id(1)]
    public TRight? Right { get; set; }
}
