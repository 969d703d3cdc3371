using System.Text.Json;

namespace NSft.Data.Formats;

/// <summary>A property at the beginning of a file that is one object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; undefined when it is longer than what was looked at.</param>
/// <param name="Items">The first items when the value is a list.</param>
internal sealed record ProbeEntry(string Name, JsonElement Value, IReadOnlyList<JsonElement> Items);
