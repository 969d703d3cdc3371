using System.Globalization;

namespace Orleans.Runtime;

/// <summary>Keys that are numbers or GUIDs, with or without an extension.</summary>
public static class GrainIdKeyExtensions
{
    /// <summary>A key of a number.</summary>
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    /// <summary>A key of a number and a text.</summary>
    public static IdSpan CreateIntegerKey(long key, string keyExtension) => Join(CreateIntegerKey(key), keyExtension);

    /// <summary>A key of a GUID.</summary>
    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N"));

    /// <summary>A key of a GUID and a text.</summary>
    public static IdSpan CreateGuidKey(Guid key, string keyExtension) => Join(CreateGuidKey(key), keyExtension);

    /// <summary>Reads a numeric key.</summary>
    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt)
    {
        string text = Split(grainId, out keyExt);
        return long.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out key);
    }

    /// <summary>Reads a GUID key.</summary>
    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt)
    {
        string text = Split(grainId, out keyExt);
        return Guid.TryParseExact(text, "N", out key);
    }

    /// <summary>Reads a numeric key.</summary>
    /// <exception cref="ArgumentException">The key is no number.</exception>
    public static long GetIntegerKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetIntegerKey(out long key, out keyExt) ? key : throw new ArgumentException($"The key of {grainId} is not an integer.", nameof(grainId));

    /// <summary>Reads a numeric key.</summary>
    /// <exception cref="ArgumentException">The key is no number.</exception>
    public static long GetIntegerKey(this GrainId grainId) => grainId.GetIntegerKey(out _);

    /// <summary>Reads a GUID key.</summary>
    /// <exception cref="ArgumentException">The key is no GUID.</exception>
    public static Guid GetGuidKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetGuidKey(out Guid key, out keyExt) ? key : throw new ArgumentException($"The key of {grainId} is not a Guid.", nameof(grainId));

    /// <summary>Reads a GUID key.</summary>
    /// <exception cref="ArgumentException">The key is no GUID.</exception>
    public static Guid GetGuidKey(this GrainId grainId) => grainId.GetGuidKey(out _);

    private static IdSpan Join(IdSpan key, string? extension) =>
        string.IsNullOrWhiteSpace(extension) ? key : IdSpan.Create($"{key}+{extension}");

    private static string Split(GrainId id, out string? extension)
    {
        string text = id.Key.ToString();
        int plus = text.IndexOf('+', StringComparison.Ordinal);
        extension = plus < 0 ? null : text[(plus + 1)..];
        return plus < 0 ? text : text[..plus];
    }
}
