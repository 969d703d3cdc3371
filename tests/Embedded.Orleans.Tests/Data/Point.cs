namespace NSft.Embedded.Orleans.Tests.Data;

[GenerateSerializer]
public readonly record struct Point([property: Id(0)] int X, [property: Id(1)] int Y);
