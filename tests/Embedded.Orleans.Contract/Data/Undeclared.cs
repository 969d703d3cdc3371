namespace NSft.Embedded.Orleans.Contract;

/// <summary>Lacks [GenerateSerializer].</summary>
internal sealed class Undeclared
{
    public int Value { get; set; }
}
