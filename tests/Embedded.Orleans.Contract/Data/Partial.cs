namespace NSft.Embedded.Orleans.Contract;

[GenerateSerializer]
internal sealed class Partial
{
    [Id(0)]
    public int Marked { get; set; }

    [NonSerialized]
    public int Unmarked;
}
