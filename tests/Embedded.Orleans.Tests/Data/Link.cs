namespace NSft.Embedded.Orleans.Tests.Data;

[GenerateSerializer]
public class Link
{
    [Id(0)]
    public int Value { get; set; }

    [Id(1)]
    public Link? Next { get; set; }

    [Id(2)]
    public object? Anything { get; set; }

    [Id(3)]
    public IReadOnlyList<int>? Numbers { get; set; }

    public int Unmarked { get; set; }
}
