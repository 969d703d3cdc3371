namespace NSft.Model.Tokenization;

/// <summary>One piece of the vocabulary; its id is its place in the file.</summary>
internal readonly record struct Piece(string Text, float Score, PieceKind Kind);
