using System.Collections.ObjectModel;

namespace NSft.Data;

/// <summary>The shared empty set of unknown fields.</summary>
internal static class NoExtensions
{
    /// <summary>The one instance, so that equal rows without unknown fields compare equal.</summary>
    public static IReadOnlyDictionary<string, string> Value { get; } = ReadOnlyDictionary<string, string>.Empty;
}
