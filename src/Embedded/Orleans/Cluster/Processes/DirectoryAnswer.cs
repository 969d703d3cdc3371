namespace Orleans.Runtime;

/// <summary>An answer of the grain directory.</summary>
/// <param name="IsKeeper">False if the silo does not keep the directory; the rest then says nothing.</param>
/// <param name="Silo">The grain's silo.</param>
/// <param name="Number">How many entries there are, or 1 if an activation was entered.</param>
[GenerateSerializer]
internal sealed record DirectoryAnswer(
    [property: Id(0)] bool IsKeeper,
    [property: Id(1)] SiloAddress? Silo,
    [property: Id(2)] int Number);
