using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace NSft.Silo.Measurements;

/// <summary>How instruments and tags are called on the endpoint.</summary>
internal static class MetricNames
{
    // Tags are words of the source, so there are few.
    private static readonly ConcurrentDictionary<string, string> Tags = new(StringComparer.Ordinal);

    /// <summary>Lower case; every character but ASCII letters and digits is an underscore; one in front of a leading digit.</summary>
    public static string Of(string name)
    {
        var plain = string.Create(name.Length, name, static (output, source) =>
        {
            for (var index = 0; index < source.Length; index++)
            {
                output[index] = char.IsAsciiLetterOrDigit(source[index]) ? char.ToLowerInvariant(source[index]) : '_';
            }
        });
        return plain.Length == 0 || char.IsAsciiDigit(plain[0]) ? "_" + plain : plain;
    }

    /// <summary>The same for a tag; no two underscores in front, which are reserved.</summary>
    public static string OfTag(string name) => Tags.GetOrAdd(name, static tag =>
    {
        var plain = Of(tag);
        return plain.StartsWith("__", StringComparison.Ordinal) ? "_" + plain.TrimStart('_') : plain;
    });

    /// <summary>Description and unit of an instrument.</summary>
    public static string Help(Instrument instrument)
    {
        var description = string.IsNullOrWhiteSpace(instrument.Description) ? instrument.Name : instrument.Description.ReplaceLineEndings(" ");
        return string.IsNullOrEmpty(instrument.Unit) ? description : $"{description} ({instrument.Unit})";
    }
}
