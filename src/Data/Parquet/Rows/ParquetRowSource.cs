using System.Buffers;
using System.Text.Json;
using NSft.Data.Reading;

namespace NSft.Data.Parquet.Rows;

/// <summary>The rows of a Parquet file as JSON objects: bytes that are no text are base64, and what is null is left out.</summary>
internal static class ParquetRowSource
{
    private const string NotUtf8 = "text is not valid UTF-8";

    /// <summary>Every row in file order, streamed.</summary>
    /// <exception cref="Collectives.UserInputException">The file is broken, at once or while rows are taken.</exception>
    public static IEnumerable<JsonRow> Read(string path)
    {
        using ParquetReader reader = ParquetReader.Open(path);
        ParquetTable table = new(reader.Schema, reader.KeyValues);
        ArrayBufferWriter<byte> json = new();
        int row = 0;
        foreach (ParquetValue[] values in reader.Rows())
        {
            row++;
            json.ResetWrittenCount();
            yield return TryWrite(json, reader.Schema, values)
                ? new JsonRow(row, JsonElement.Parse(json.WrittenSpan), null) { Origin = new ParquetOrigin(table, values) }
                : new JsonRow(row, default, NotUtf8);
        }
    }

    private static bool TryWrite(ArrayBufferWriter<byte> json, ParquetSchema schema, ParquetValue[] values)
    {
        using Utf8JsonWriter writer = new(json, ParquetJson.Options);
        writer.WriteStartObject();
        for (int index = 0; index < values.Length; index++)
        {
            if (!ParquetJson.TryWriteProperty(writer, schema.Fields[index], values[index]))
            {
                return false;
            }
        }

        writer.WriteEndObject();
        return true;
    }
}
