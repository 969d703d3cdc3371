namespace NSft.Data.Construction.Reporting;

/// <summary>A word with its place in a picture, in pixels.</summary>
/// <param name="Word">The word.</param>
/// <param name="Count">How often it occurs.</param>
/// <param name="Class">Noun or verb.</param>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Width">Width of the text.</param>
/// <param name="Size">Font size, and height of the line.</param>
internal readonly record struct PlacedWord(string Word, int Count, WordClass Class, double Left, double Top, double Width, double Size)
{
    /// <summary>Whether two words touch, with a margin between them.</summary>
    public bool Touches(PlacedWord other, double margin) =>
        Left < other.Left + other.Width + margin && other.Left < Left + Width + margin && Top < other.Top + other.Size + margin && other.Top < Top + Size + margin;
}
