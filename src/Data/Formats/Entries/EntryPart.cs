namespace NSft.Data.Formats.Entries;

/// <summary>Which part of an entry a record is.</summary>
/// <param name="Group">The entry.</param>
/// <param name="Index">The part, from 0.</param>
internal sealed record EntryPart(EntryGroup Group, int Index);
