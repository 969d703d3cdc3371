using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Parquet.Reading;

/// <summary>A node of the schema as the file has it, with its levels.</summary>
/// <param name="Element">What the footer says of it.</param>
/// <param name="DefinitionLevel">Level from which on it is there.</param>
/// <param name="RepetitionLevel">Level at which it is repeated.</param>
/// <param name="FirstLeaf">Place of its first leaf among all leaves.</param>
/// <param name="Children">Its children.</param>
internal sealed record SchemaNode(SchemaElement Element, int DefinitionLevel, int RepetitionLevel, int FirstLeaf, IReadOnlyList<SchemaNode> Children)
{
    /// <summary>Leaves at or below it.</summary>
    public int LeafCount => Element.Type is not null ? 1 : Children.Sum(child => child.LeafCount);

    /// <summary>Whether it has values of its own.</summary>
    public bool IsLeaf => Element.Type is not null;

    /// <summary>Whether it occurs any number of times.</summary>
    public bool IsRepeated => Element.Repetition == Repetition.Repeated;
}
