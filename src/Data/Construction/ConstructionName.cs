namespace NSft.Data.Construction;

/// <summary>The words that files and reports use for the values of enumerations.</summary>
internal static class ConstructionName
{
    /// <summary>The value's name in lower case.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
