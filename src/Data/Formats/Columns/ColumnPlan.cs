using System.Text.Json;
using NSft.Data.Parquet;
using NSft.Data.Parquet.Rows;

namespace NSft.Data.Formats.Columns;

/// <summary>Chooses the columns of a file from its first rows.</summary>
internal sealed class ColumnPlan
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, ParquetField> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ColumnShape> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _features = new(StringComparer.Ordinal);
    private readonly HashSet<ParquetTable> _tables = new(ReferenceEqualityComparer.Instance);

    /// <summary>Looks at the rows.</summary>
    public ColumnPlan(IReadOnlyList<PendingRow> rows)
    {
        foreach (ParquetOrigin source in rows.Select(row => row.Record.Source?.Layout).OfType<ParquetOrigin>())
        {
            AddTable(source.Table);
        }

        foreach (PendingRow row in rows)
        {
            Visit(row, FindMisfit, (field, _) => FindMisfit(field));
        }

        foreach (PendingRow row in rows.Where(_ => _shapes.Count > 0))
        {
            Visit(row, (name, json) => _shapes.GetValueOrDefault(name)?.Add(json), AddShape);
        }
    }

    /// <summary>The columns, with the types that they were read with where all values fit those.</summary>
    public ParquetSchema ToSchema() => new([.. _names.Select(name =>
        _shapes.TryGetValue(name, out ColumnShape? shape) ? shape.ToField(name) : _read[name] with { IsOptional = true })]);

    /// <summary>The file's notes.</summary>
    public Dictionary<string, string> ToKeyValues(ParquetSchema schema)
    {
        IEnumerable<KeyValuePair<string, string>> kept = _features.Where(feature => !_shapes.ContainsKey(feature.Key));
        return new Dictionary<string, string>(StringComparer.Ordinal) { [HuggingFaceFeatures.Key] = HuggingFaceFeatures.Write(schema, kept.ToDictionary()) };
    }

    private static void Visit(PendingRow row, Action<string, JsonElement> visitJson, Action<ParquetField, ParquetValue> visitValue)
    {
        if (row.Origin is ParquetOrigin origin)
        {
            for (int index = 0; index < origin.Values.Count; index++)
            {
                visitValue(origin.Table.Schema.Fields[index], origin.Values[index]);
            }

            return;
        }

        foreach (JsonProperty property in JsonElement.Parse(row.Json.Span).EnumerateObject())
        {
            visitJson(property.Name, property.Value);
        }
    }

    private void AddTable(ParquetTable table)
    {
        if (!_tables.Add(table))
        {
            return;
        }

        IReadOnlyDictionary<string, string> features = HuggingFaceFeatures.Read(table.KeyValues);
        foreach (ParquetField field in table.Schema.Fields)
        {
            if (_read.TryAdd(field.Name, field with { IsOptional = true }) && features.TryGetValue(field.Name, out string? feature))
            {
                _features.TryAdd(field.Name, feature);
            }
        }
    }

    private void FindMisfit(string name, JsonElement json)
    {
        AddName(name);
        if (!_read.TryGetValue(name, out ParquetField? field) || !ColumnValue.TryRead(field, json, out _))
        {
            _shapes.TryAdd(name, new ColumnShape());
        }
    }

    private void FindMisfit(ParquetField field)
    {
        AddName(field.Name);
        if (!_read[field.Name].Accepts(field))
        {
            _shapes.TryAdd(field.Name, new ColumnShape());
        }
    }

    private void AddShape(ParquetField field, ParquetValue value)
    {
        if (_shapes.TryGetValue(field.Name, out ColumnShape? shape) && ParquetJson.Text(field, value) is string json)
        {
            shape.Add(JsonElement.Parse(json));
        }
    }

    private void AddName(string name)
    {
        if (!_names.Contains(name))
        {
            _names.Add(name);
        }
    }
}
