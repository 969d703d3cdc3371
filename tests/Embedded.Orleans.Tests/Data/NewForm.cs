namespace NSft.Embedded.Orleans.Tests.Data;

[GenerateSerializer]
public sealed class NewForm
{
    [Id(0)]
    public List<Link>? Added { get; set; }

    [Id(1)]
    public string? Text { get; set; }

    [Id(2)]
    public long Number { get; set; }

    [Id(3)]
    public double Real { get; set; }

    [Id(4)]
    public Link? Kept { get; set; }
}
