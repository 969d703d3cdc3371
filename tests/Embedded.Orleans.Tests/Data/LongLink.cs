namespace NSft.Embedded.Orleans.Tests.Data;

[GenerateSerializer]
public sealed class LongLink : Link
{
    [Id(0)]
    public decimal Price { get; set; }
}
