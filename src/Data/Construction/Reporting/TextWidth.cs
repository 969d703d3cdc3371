namespace NSft.Data.Construction.Reporting;

/// <summary>Widths of text in a common sans-serif font, good enough to lay words out; pictures pin them, so that any font keeps to them.</summary>
internal static class TextWidth
{
    private const double Common = 0.58;

    /// <summary>The width of a text in units of the font size.</summary>
    public static double Of(string text) => text.Sum(WidthOf);

    private static double WidthOf(char letter) => letter switch
    {
        'i' or 'j' or 'l' or '.' or ',' or '\'' or '|' => 0.27,
        'f' or 't' or 'r' or ' ' or '-' => 0.37,
        'm' or 'w' or 'M' or 'W' => 0.86,
        's' or 'c' or 'k' or 'v' or 'x' or 'y' or 'z' => 0.53,
        >= 'A' and <= 'Z' => 0.7,
        _ => Common,
    };
}
