using System.Buffers;
using System.Globalization;

namespace Prometheus;

/// <summary>Prometheus' text format 0.0.4.</summary>
internal static class TextFormat
{
    /// <summary>The content type of an answer.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Label of the upper bound of a bucket.</summary>
    public const string BoundLabel = "le";

    private const int LongestNumber = 32;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>Refuses what is no name of a metric.</summary>
    public static void CheckName(string name)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            throw new ArgumentException($"'{name}' is no name of a metric: letters, digits and _, no digit first", nameof(name));
        }
    }

    /// <summary>Refuses what is no name of a label.</summary>
    public static void CheckLabelName(string name)
    {
        CheckName(name);
        if (name.StartsWith("__", StringComparison.Ordinal))
        {
            throw new ArgumentException($"label '{name}': names that start with __ are reserved", nameof(name));
        }
    }

    public static string EscapeHelp(string help) => help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    public static string EscapeLabel(string value) => EscapeHelp(value).Replace("\"", "\\\"", StringComparison.Ordinal);

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("g", CultureInfo.InvariantCulture),
    };

    /// <summary>Writes the line of one number.</summary>
    public static void WriteLine(IBufferWriter<byte> output, ChildBase child, double value, ReadOnlySpan<byte> suffix = default, ReadOnlySpan<byte> extraLabel = default)
    {
        int longest = child.Name.Length + suffix.Length + child.Labels.Length + extraLabel.Length + LongestNumber + "{,} \n".Length;
        Span<byte> line = output.GetSpan(longest);
        int length = 0;
        Append(line, ref length, child.Name);
        Append(line, ref length, suffix);
        if (child.Labels.Length + extraLabel.Length > 0)
        {
            Append(line, ref length, "{"u8);
            Append(line, ref length, child.Labels);
            Append(line, ref length, child.Labels.Length > 0 && extraLabel.Length > 0 ? ","u8 : default);
            Append(line, ref length, extraLabel);
            Append(line, ref length, "}"u8);
        }

        Append(line, ref length, " "u8);
        length += WriteNumber(line[length..], value);
        Append(line, ref length, "\n"u8);
        output.Advance(length);
    }

    private static int WriteNumber(Span<byte> output, double value)
    {
        if (double.IsInfinity(value))
        {
            int length = 0;
            Append(output, ref length, value > 0 ? "+Inf"u8 : "-Inf"u8);
            return length;
        }

        _ = value.TryFormat(output, out int written, "g", CultureInfo.InvariantCulture);
        return written;
    }

    private static void Append(Span<byte> line, ref int length, ReadOnlySpan<byte> text)
    {
        text.CopyTo(line[length..]);
        length += text.Length;
    }
}
