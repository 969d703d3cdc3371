namespace NSft.Embedded.Orleans.Contract;

[GenerateSerializer]
internal sealed record Circle(string Name, double Radius) : Shape(Name);
