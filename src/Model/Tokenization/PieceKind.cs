namespace NSft.Model.Tokenization;

/// <summary>Kinds of pieces, numbered as in SentencePiece's model file; explicit, append only.</summary>
internal enum PieceKind
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
}
