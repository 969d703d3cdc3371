namespace NSft.Embedded.Orleans.Tests.Data;

[GenerateSerializer]
public sealed class Declarable
{
    [Id(0)]
    public int Value { get; set; }
}
