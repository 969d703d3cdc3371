using System.Text.Json;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Rows;

/// <summary>Reads files that hold one record a row.</summary>
internal static class RowReading
{
    private const string IdField = "id";

    /// <summary>Every row of a file.</summary>
    /// <param name="path">A JSON array, JSON lines or Parquet.</param>
    /// <param name="format">Name of the format.</param>
    /// <param name="layout">What the format wants to remember with every row; null for the row as Parquet has it.</param>
    /// <param name="read">Reads a row; throws <see cref="RowRejectedException"/> for a bad one.</param>
    public static IEnumerable<RecordRead> Read(string path, string format, object? layout, Func<JsonElement, RowContent> read)
    {
        foreach (JsonRow row in JsonRowSource.Read(path))
        {
            yield return DatasetFormat.Attempt(
                path,
                row.Row,
                () => RowCollector.ReadId(RowCollector.RequireObject(row), row.Row),
                () => Record(row, format, layout, read(row.Element)));
        }
    }

    private static DatasetRecord Record(JsonRow row, string format, object? layout, RowContent content)
    {
        JsonElement element = row.Element;
        string id = RowCollector.ReadId(element, row.Row) ?? DatasetRecord.NameOf(row.Row);
        DatasetRecord record = new(id, content.Images, content.Prompt, content.Chosen, content.Rejected)
        {
            Row = row.Row,
            Extensions = Extensions(element, content),
        };
        byte[] json = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element).ToArray();
        return record with { Source = new DatasetSource(format, json, record) { Layout = layout ?? row.Origin } };
    }

    private static IReadOnlyDictionary<string, string> Extensions(JsonElement element, RowContent content)
    {
        IReadOnlyDictionary<string, string> others = RowFields.Others(element, [IdField, .. content.Known]);
        if (content.Further.Count == 0)
        {
            return others;
        }

        Dictionary<string, string> all = new(others, StringComparer.Ordinal);
        foreach ((string name, string json) in content.Further)
        {
            if (!all.TryAdd(name, json))
            {
                throw new RowRejectedException($"field '{name}' stands in the row and inside another field", "rename one of them");
            }
        }

        return all;
    }
}
