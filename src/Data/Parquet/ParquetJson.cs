using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NSft.Data.Parquet;

/// <summary>Values as JSON: bytes that are no text are base64, null fields of structs are left out, numbers that JSON lacks are null.</summary>
internal static class ParquetJson
{
    // A row is JSON of at most 64 levels, and the schema may have 30.
    private const int DeepestJson = 30;

    /// <summary>How values are written.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes a field of a struct or row, unless it is null.</summary>
    /// <returns>False when text in it is not UTF-8.</returns>
    public static bool TryWriteProperty(Utf8JsonWriter writer, ParquetField field, ParquetValue value)
    {
        if (value.IsNull)
        {
            return true;
        }

        writer.WritePropertyName(field.Name);
        return TryWrite(writer, field, value);
    }

    /// <summary>A value as raw JSON text.</summary>
    /// <returns>Null when text in it is not UTF-8.</returns>
    public static string? Text(ParquetField field, ParquetValue value)
    {
        ArrayBufferWriter<byte> bytes = new();
        using Utf8JsonWriter writer = new(bytes, Options);
        bool isWritten = TryWrite(writer, field, value);
        writer.Flush();
        return isWritten ? Encoding.UTF8.GetString(bytes.WrittenSpan) : null;
    }

    /// <summary>Whether text is JSON that can stand within a row's JSON without nesting it too deeply.</summary>
    public static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = DeepestJson });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryWrite(Utf8JsonWriter writer, ParquetField field, ParquetValue value)
    {
        switch (value.Kind)
        {
            case ParquetKind.Boolean:
                writer.WriteBooleanValue(value.AsBoolean);
                return true;
            case ParquetKind.Int32 or ParquetKind.Int64:
                writer.WriteNumberValue(value.AsInteger);
                return true;
            case ParquetKind.Float when double.IsFinite(value.AsDouble):
                writer.WriteNumberValue((float)value.AsDouble); // as short as the smaller type allows
                return true;
            case ParquetKind.Double when double.IsFinite(value.AsDouble):
                writer.WriteNumberValue(value.AsDouble);
                return true;
            case ParquetKind.Bytes:
                return TryWriteBytes(writer, field, value);
            case ParquetKind.List:
                return TryWriteList(writer, field, value);
            case ParquetKind.Group:
                return TryWriteStruct(writer, field, value);
            default:
                writer.WriteNullValue();
                return true;
        }
    }

    private static bool TryWriteList(Utf8JsonWriter writer, ParquetField field, ParquetValue value)
    {
        writer.WriteStartArray();
        foreach (ParquetValue item in value.Items)
        {
            if (!TryWrite(writer, field.Element, item))
            {
                return false;
            }
        }

        writer.WriteEndArray();
        return true;
    }

    private static bool TryWriteStruct(Utf8JsonWriter writer, ParquetField field, ParquetValue value)
    {
        writer.WriteStartObject();
        for (int index = 0; index < field.Children.Count; index++)
        {
            if (!TryWriteProperty(writer, field.Children[index], value.Items[index]))
            {
                return false;
            }
        }

        writer.WriteEndObject();
        return true;
    }

    private static bool TryWriteBytes(Utf8JsonWriter writer, ParquetField field, ParquetValue value)
    {
        if (!field.Meaning.IsText)
        {
            writer.WriteBase64StringValue(value.AsBytes.Span);
            return true;
        }

        if (!System.Text.Unicode.Utf8.IsValid(value.AsBytes.Span))
        {
            return false;
        }

        if (field.Meaning.IsJson && IsJson(value.AsBytes.Span))
        {
            writer.WriteRawValue(value.AsBytes.Span, skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(value.AsBytes.Span);
        }

        return true;
    }
}
