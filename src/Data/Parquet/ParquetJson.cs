using System.Buffers;
using System.Text.Json;

namespace NSft.Data.Parquet;

/// <summary>Values as JSON: bytes that are no text become base64, numbers that JSON lacks become null.</summary>
internal static class ParquetJson
{
    /// <summary>Writes a value.</summary>
    public static void Write(Utf8JsonWriter writer, ParquetField field, ParquetValue value)
    {
        switch (value.Kind)
        {
            case ParquetKind.Boolean:
                writer.WriteBooleanValue(value.AsBoolean);
                break;
            case ParquetKind.Int32 or ParquetKind.Int64:
                writer.WriteNumberValue(value.AsInteger);
                break;
            case ParquetKind.Float or ParquetKind.Double when double.IsFinite(value.AsDouble):
                writer.WriteNumberValue(value.AsDouble);
                break;
            case ParquetKind.Bytes:
                WriteBytes(writer, field, value);
                break;
            case ParquetKind.List:
                writer.WriteStartArray();
                foreach (ParquetValue item in value.Items)
                {
                    Write(writer, field.Element, item);
                }

                writer.WriteEndArray();
                break;
            case ParquetKind.Group:
                writer.WriteStartObject();
                for (int index = 0; index < field.Children.Count; index++)
                {
                    writer.WritePropertyName(field.Children[index].Name);
                    Write(writer, field.Children[index], value.Items[index]);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    /// <summary>A value as raw JSON text.</summary>
    public static string Text(ParquetField field, ParquetValue value)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter writer = new(bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, field, value);
        }

        return System.Text.Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void WriteBytes(Utf8JsonWriter writer, ParquetField field, ParquetValue value)
    {
        if (field.Meaning.IsText && value.TryGetText(out string text))
        {
            writer.WriteStringValue(text);
        }
        else
        {
            writer.WriteBase64StringValue(value.AsBytes.Span);
        }
    }
}
