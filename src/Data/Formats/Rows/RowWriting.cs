using System.Buffers;
using System.Text.Json;
using NSft.Collectives;
using NSft.Collectives.Files;
using NSft.Data.Formats.Columns;
using NSft.Data.Parquet.Rows;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Rows;

/// <summary>Writes files that hold one record a row: JSON lines for names that end in <c>.jsonl</c>, Parquet for <c>.parquet</c>, else an array with one row a line.</summary>
/// <param name="format">Name of the format.</param>
/// <param name="path">The file.</param>
/// <param name="options">How to write.</param>
internal sealed class RowWriting(string format, string path, DatasetWriteOptions options)
{
    private readonly ArrayBufferWriter<byte> _row = new();
    private readonly ImageStore _images = new(options.ImageDirectory);
    private readonly ImageSource _source = new(options.EmbedDirectory);

    /// <summary>Whether a source row of this layout may be written back as it was.</summary>
    public Func<object?, bool> KeepsLayout { get; init; } = static _ => true;

    /// <summary>Whether the format has a place for images that rows hold themselves.</summary>
    public bool HoldsImageBytes { get; init; }

    /// <summary>Writes all records that the format can hold; the file appears whole or not at all.</summary>
    /// <param name="records">The records.</param>
    /// <param name="write">Writes a record's fields but for its identifier and unknown fields; throws <see cref="RowRejectedException"/> when it cannot be held.</param>
    public void Write(IEnumerable<DatasetRecord> records, Action<RowDraft, DatasetRecord> write)
    {
        if (path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
        {
            AtomicFile.Write(path, stream => WriteColumns(stream, records, write));
            return;
        }

        bool isLines = path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(isLines ? [] : "["u8);
            bool isFirst = true;
            foreach (DatasetRecord record in records)
            {
                if (TryRow(record, write))
                {
                    stream.Write((isLines, isFirst) switch { (true, true) => [], (false, false) => ",\n"u8, _ => "\n"u8 });
                    stream.Write(_row.WrittenSpan);
                    isFirst = false;
                }
            }

            stream.Write(isLines ? "\n"u8 : "\n]\n"u8);
        });
    }

    /// <summary>Reports a row that cannot be held.</summary>
    /// <exception cref="UserInputException">Nobody takes the problem.</exception>
    public static void LeaveOut(string path, DatasetRecord record, RowRejectedException exception, DatasetWriteOptions options)
    {
        RowProblem problem = new(path, record.Row, RowCollector.Shown(record.Id), exception.Message, exception.Hint);
        if (options.LeftOut is null)
        {
            throw new UserInputException(problem.ToString(), exception);
        }

        options.LeftOut(problem);
    }

    private void WriteColumns(Stream stream, IEnumerable<DatasetRecord> records, Action<RowDraft, DatasetRecord> write)
    {
        ParquetRowSink sink = new(path, stream, (record, exception) => LeaveOut(path, record, exception, options));
        foreach (DatasetRecord record in records)
        {
            bool isUnchanged = IsUnchanged(record) && record.Id == record.Source!.AsRead.Id;
            if (isUnchanged && record.Source!.Layout is ParquetOrigin origin)
            {
                sink.Add(new PendingRow(record, default, origin));
            }
            else if (TryRow(record, write))
            {
                sink.Add(new PendingRow(record, _row.WrittenSpan.ToArray(), null));
            }
        }

        sink.Finish();
    }

    private bool IsUnchanged(DatasetRecord record) =>
        record.Source is DatasetSource source && source.Format == format && source.HasContentOf(record) && KeepsLayout(source.Layout)
        && (options.ImageDirectory is null || record.Images.All(image => image.Bytes is null))
        && (options.EmbedDirectory is null || record.Images.All(image => image.Bytes is not null));

    private bool TryRow(DatasetRecord record, Action<RowDraft, DatasetRecord> write)
    {
        _row.ResetWrittenCount();
        try
        {
            if (IsUnchanged(record))
            {
                WriteSource(record.Source!, record);
            }
            else
            {
                WriteDraft(_source.Embed(record), write);
            }

            return true;
        }
        catch (RowRejectedException exception)
        {
            LeaveOut(path, record, exception, options);
            return false;
        }
    }

    private void WriteSource(DatasetSource source, DatasetRecord record)
    {
        if (record.Id == source.AsRead.Id)
        {
            JsonText.WriteCompact(_row, source.Json.Span);
            return;
        }

        using Utf8JsonWriter writer = new(_row, JsonText.Options);
        writer.WriteStartObject();
        writer.WriteString("id", record.Id);
        foreach (JsonProperty property in JsonElement.Parse(source.Json.Span).EnumerateObject().Where(property => !property.NameEquals("id"u8)))
        {
            writer.WritePropertyName(property.Name);
            JsonText.WriteRaw(writer, System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(property.Value));
        }

        writer.WriteEndObject();
    }

    private void WriteDraft(DatasetRecord record, Action<RowDraft, DatasetRecord> write)
    {
        using Utf8JsonWriter writer = new(_row, JsonText.Options);
        RowDraft draft = new(format, writer, HoldsImageBytes, _images);
        writer.WriteStartObject();
        draft.Id(record);
        write(draft, record);
        draft.Extensions(record.Extensions);
        writer.WriteEndObject();
    }
}
