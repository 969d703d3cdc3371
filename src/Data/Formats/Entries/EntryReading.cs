using NSft.Data.Reading;

namespace NSft.Data.Formats.Entries;

/// <summary>Reads entries that hold several records each.</summary>
internal static class EntryReading
{
    /// <summary>The records of an entry, or its problem.</summary>
    /// <param name="path">The file.</param>
    /// <param name="row">The entry.</param>
    /// <param name="key">Its name; null where it has none.</param>
    /// <param name="read">Takes it apart; throws <see cref="RowRejectedException"/> for a bad one.</param>
    public static IEnumerable<RecordRead> Records(string path, JsonRow row, string? key, Func<IEnumerable<DatasetRecord>> read)
    {
        IEnumerable<DatasetRecord> records = [];
        RecordRead attempt = DatasetFormat.Attempt(path, row.Row, () => key, () =>
        {
            records = read();
            return records.First();
        });
        return attempt.Problem is null ? records.Select(record => new RecordRead(record, null)) : [attempt];
    }
}
