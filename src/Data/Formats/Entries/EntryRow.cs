using NSft.Data.Reading;

namespace NSft.Data.Formats.Entries;

/// <summary>One property of a file that is an object of entries.</summary>
/// <param name="Key">The property's name.</param>
/// <param name="Row">Its value and position.</param>
internal readonly record struct EntryRow(string Key, JsonRow Row);
