namespace NSft.Embedded.Orleans.Tests.Data;

[GenerateSerializer]
[Alias("circle")]
public sealed record Circle(string Name, [property: Id(7)] double Radius) : Shape(Name)
{
    [Id(0)]
    public Shape? Inside { get; init; }
}
