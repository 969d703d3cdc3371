namespace NSft.Embedded.Orleans.Contract;

[GenerateSerializer]
internal abstract record Shape(string Name);
