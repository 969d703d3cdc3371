namespace NSft.Embedded.Orleans.Tests.Data;

public sealed class Undeclared
{
    public int Value { get; set; }
}
