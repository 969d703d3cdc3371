using NSft.Collectives;

namespace NSft.Grains.Contracts.Messages;

/// <summary>A range of elements of the flat vector.</summary>
/// <param name="Offset">First element.</param>
/// <param name="Length">Number of elements.</param>
[GenerateSerializer, Immutable, Alias("nsft.range")]
public sealed record RangeMessage(
    [property: Id(0)] long Offset,
    [property: Id(1)] long Length)
{
    /// <summary>The message form of a range.</summary>
    /// <param name="range">The range.</param>
    public static RangeMessage Of(ElementRange range) => new(range.Offset, range.Length);

    /// <summary>The range that the message tells.</summary>
    public ElementRange ToRange() => new(Offset, Length);
}
