namespace NSft.Embedded.Orleans.Tests.Data;

[GenerateSerializer]
public abstract record Shape(string Name);
