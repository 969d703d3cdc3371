namespace NSft.Embedded.Orleans.Contract;

[GenerateSerializer]
internal sealed class Node
{
    [Id(0)]
    public int Value { get; set; }

    [Id(1)]
    public Node? Next { get; set; }
}
