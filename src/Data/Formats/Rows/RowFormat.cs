using System.Text.Json;

namespace NSft.Data.Formats.Rows;

/// <summary>A format with one record a row, whose rows are all of one form.</summary>
internal abstract class RowFormat(string name, string description) : DatasetFormat(name, description)
{
    /// <inheritdoc/>
    protected override bool LooksSo(FileProbe probe) => probe.HasRows(FitsRow);

    /// <summary>Whether a row looks like this format.</summary>
    protected abstract bool FitsRow(JsonElement row);

    /// <summary>Takes a row apart.</summary>
    /// <exception cref="Reading.RowRejectedException">The row cannot be used.</exception>
    protected internal abstract RowContent ReadRow(JsonElement row);

    /// <summary>Writes the fields of a record but for its identifier and the fields that NSft does not know.</summary>
    /// <exception cref="Reading.RowRejectedException">The format cannot hold the record.</exception>
    protected internal abstract void WriteRow(RowDraft draft, DatasetRecord record);

    /// <inheritdoc/>
    protected override IEnumerable<RecordRead> ReadAll(string path, DatasetReadOptions options) => RowReading.Read(path, Name, null, ReadRow);

    /// <inheritdoc/>
    protected override void WriteAll(string path, IEnumerable<DatasetRecord> records, DatasetWriteOptions options) =>
        new RowWriting(Name, path, options) { HoldsImageBytes = HoldsImageBytes }.Write(records, WriteRow);
}
