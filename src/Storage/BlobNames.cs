namespace NSft.Storage;

/// <summary>Names that Azure Blob Storage takes.</summary>
internal static class BlobNames
{
    private const int ShortestContainer = 3;
    private const int LongestContainer = 63;

    /// <summary>Whether a container can have this name.</summary>
    internal static bool IsContainer(string name) =>
        name.Length is >= ShortestContainer and <= LongestContainer
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
        && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal);
}
