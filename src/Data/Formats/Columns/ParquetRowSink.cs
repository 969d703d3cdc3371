using System.Globalization;
using System.Text.Json;
using NSft.Collectives;
using NSft.Data.Parquet;
using NSft.Data.Parquet.Rows;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Columns;

/// <summary>Writes rows into a Parquet file; its columns are chosen from the first rows, which are held in memory until then.</summary>
/// <param name="path">The file, for errors.</param>
/// <param name="target">Its bytes.</param>
/// <param name="leaveOut">Takes rows that do not fit the columns.</param>
internal sealed class ParquetRowSink(string path, Stream target, Action<DatasetRecord, RowRejectedException> leaveOut)
{
    private const int PlannedRows = 5000;
    private const long PlannedBytes = 64 << 20;

    private readonly List<PendingRow> _pending = [];
    private long _pendingBytes;
    private ParquetSchema? _schema;
    private ParquetWriter? _writer;

    /// <summary>Appends a row.</summary>
    public void Add(PendingRow row)
    {
        if (_writer is not null)
        {
            Write(row);
            return;
        }

        _pending.Add(row);
        _pendingBytes += row.Json.Length + (row.Origin is null ? 0 : row.Record.Source!.Json.Length);
        if (_pending.Count >= PlannedRows || _pendingBytes >= PlannedBytes)
        {
            Plan();
        }
    }

    /// <summary>Writes what is left; the stream stays open.</summary>
    /// <exception cref="UserInputException">There was not one row, so nothing says what the columns are.</exception>
    public void Finish()
    {
        if (_writer is null)
        {
            Plan();
        }

        _writer!.Finish();
    }

    private void Plan()
    {
        ColumnPlan plan = new(_pending);
        _schema = plan.ToSchema();
        if (_schema.Fields.Count == 0)
        {
            throw new UserInputException($"{path}: not one row could be written, so a Parquet file would have no columns");
        }

        _writer = new ParquetWriter(target, _schema, new ParquetWriteOptions { KeyValues = plan.ToKeyValues(_schema) });
        _pending.ForEach(Write);
        _pending.Clear();
    }

    private void Write(PendingRow row)
    {
        try
        {
            _writer!.Write(Values(row));
        }
        catch (RowRejectedException exception)
        {
            leaveOut(row.Record, exception);
        }
        catch (ParquetFormatException exception)
        {
            leaveOut(row.Record, new RowRejectedException(exception.Message, exception.Hint));
        }
    }

    private ParquetValue[] Values(PendingRow row)
    {
        ParquetValue[] values = new ParquetValue[_schema!.Fields.Count];
        if (row.Origin is not ParquetOrigin origin)
        {
            foreach (JsonProperty property in JsonElement.Parse(row.Json.Span).EnumerateObject())
            {
                Place(values, property.Name, field => FromJson(field, property.Value));
            }

            return values;
        }

        for (int index = 0; index < origin.Values.Count; index++)
        {
            ParquetField own = origin.Table.Schema.Fields[index];
            ParquetValue value = origin.Values[index];
            if (!value.IsNull)
            {
                Place(values, own.Name, field => field.Accepts(own with { IsOptional = false }) ? value : FromJson(field, JsonElement.Parse(ParquetJson.Text(own, value)!)));
            }
        }

        return values;
    }

    private void Place(ParquetValue[] values, string name, Func<ParquetField, ParquetValue> read)
    {
        int index = _schema!.IndexOf(name);
        if (index < 0)
        {
            throw new RowRejectedException(
                string.Create(CultureInfo.InvariantCulture, $"field '{name}' is in none of the first {PlannedRows} rows, from which the columns of a Parquet file are chosen"),
                "put a row with the field in front, or write JSON lines");
        }

        values[index] = read(_schema.Fields[index]);
    }

    private static ParquetValue FromJson(ParquetField field, JsonElement json) => ColumnValue.TryRead(field, json, out ParquetValue value)
        ? value
        : throw new RowRejectedException($"field '{field.Name}' is of another type than in the rows before, or nested too deeply", "give the field one type in all rows, or write JSON lines");
}
