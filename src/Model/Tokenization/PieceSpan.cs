namespace NSft.Model.Tokenization;

/// <summary>A stretch of normalised text and the piece that stands for it.</summary>
internal readonly record struct PieceSpan(int Start, int Length, int Id);
