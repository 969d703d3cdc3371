namespace NSft.Data.Parquet;

/// <summary>Bytes that break the format; never leaves this folder: whoever knows file, column and offset turns it into a user error.</summary>
/// <param name="message">What is wrong, without saying where.</param>
internal sealed class ParquetFormatException(string message) : Exception(message)
{
    /// <summary>What to do about it.</summary>
    public string Hint { get; init; } = "the file is damaged: copy or download it again";

    /// <summary>Whether the bytes merely ended too early, so that reading with more of them may succeed.</summary>
    public bool IsEnd { get; init; }

    /// <summary>The bytes ended inside something.</summary>
    public static ParquetFormatException End(string what) => new($"the bytes end inside {what}") { IsEnd = true };

    /// <summary>The bytes may be right, but are of a kind that is not read here.</summary>
    public static ParquetFormatException Unsupported(string what, string hint) => new($"{what} is not supported") { Hint = hint };
}
