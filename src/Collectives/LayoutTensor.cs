namespace NSft.Collectives;

/// <summary>One named tensor's place in the flat gradient vector.</summary>
/// <param name="Name">Parameter name as published.</param>
/// <param name="Offset">First element in the flat vector.</param>
/// <param name="Length">Number of elements.</param>
public sealed record LayoutTensor(string Name, long Offset, long Length);
