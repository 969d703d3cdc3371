using System.Runtime.InteropServices;
using System.Text.Json;
using NSft.Data.Parquet;
using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Formats.Columns;

/// <summary>JSON as values of a column.</summary>
internal static class ColumnValue
{
    /// <summary>A value of a column, unless its JSON is of another type.</summary>
    /// <param name="field">The column.</param>
    /// <param name="json">The JSON.</param>
    /// <param name="value">The value.</param>
    public static bool TryRead(ParquetField field, JsonElement json, out ParquetValue value)
    {
        value = ParquetValue.Null;
        if (json.ValueKind == JsonValueKind.Null)
        {
            return field.IsOptional;
        }

        return field.Kind switch
        {
            ParquetFieldKind.List => TryReadList(field, json, out value),
            ParquetFieldKind.Struct when json.ValueKind == JsonValueKind.String && ColumnShape.IsImage(field) => TryReadPath(json, out value),
            ParquetFieldKind.Struct => TryReadStruct(field, json, out value),
            _ => TryReadLeaf(field, json, out value),
        };
    }

    private static bool TryReadList(ParquetField field, JsonElement json, out ParquetValue value)
    {
        value = ParquetValue.Null;
        if (json.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        ParquetValue[] items = new ParquetValue[json.GetArrayLength()];
        int index = 0;
        foreach (JsonElement item in json.EnumerateArray())
        {
            if (!TryRead(field.Element, item, out items[index++]))
            {
                return false;
            }
        }

        value = ParquetValue.List(items);
        return true;
    }

    private static bool TryReadStruct(ParquetField field, JsonElement json, out ParquetValue value)
    {
        value = ParquetValue.Null;
        if (json.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        ParquetValue[] values = new ParquetValue[field.Children.Count];
        int used = 0;
        for (int index = 0; index < values.Length; index++)
        {
            ParquetField child = field.Children[index];
            bool isThere = json.TryGetProperty(child.Name, out JsonElement property);
            used += isThere ? 1 : 0;
            if (isThere ? !TryRead(child, property, out values[index]) : !child.IsOptional)
            {
                return false;
            }
        }

        value = ParquetValue.Group(values);
        return used == json.GetPropertyCount();
    }

    private static bool TryReadPath(JsonElement json, out ParquetValue value)
    {
        value = ParquetValue.Group([ParquetValue.Null, Utf8(json)]);
        return true;
    }

    private static bool TryReadLeaf(ParquetField field, JsonElement json, out ParquetValue value)
    {
        value = ParquetValue.Null;
        switch (field.Type)
        {
            case PhysicalType.Boolean when json.ValueKind is JsonValueKind.True or JsonValueKind.False:
                value = ParquetValue.Boolean(json.ValueKind == JsonValueKind.True);
                return true;
            case PhysicalType.Int32 when json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out int number):
                value = ParquetValue.Int32(number);
                return true;
            case PhysicalType.Int64 when json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out long number):
                value = ParquetValue.Int64(number);
                return true;
            case PhysicalType.Float when json.ValueKind == JsonValueKind.Number && json.TryGetSingle(out float number) && float.IsFinite(number):
                value = ParquetValue.Float(number);
                return true;
            case PhysicalType.Double when json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out double number) && double.IsFinite(number):
                value = ParquetValue.Double(number);
                return true;
            case PhysicalType.ByteArray or PhysicalType.FixedLengthByteArray or PhysicalType.Int96:
                return TryReadBytes(field, json, out value);
            default:
                return false;
        }
    }

    private static bool TryReadBytes(ParquetField field, JsonElement json, out ParquetValue value)
    {
        value = ParquetValue.Null;
        if (field.Meaning.IsJson)
        {
            value = ParquetValue.Bytes(JsonMarshal.GetRawUtf8Value(json).ToArray());
            return ParquetJson.IsJson(value.AsBytes.Span);
        }

        if (json.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        if (field.Meaning.IsText)
        {
            value = Utf8(json);
            return true;
        }

        bool isBase64 = json.TryGetBytesFromBase64(out byte[]? bytes);
        value = isBase64 ? ParquetValue.Bytes(bytes!) : ParquetValue.Null;
        return isBase64 && (field.Type == PhysicalType.ByteArray || bytes!.Length == (field.Type == PhysicalType.Int96 ? 12 : field.TypeLength));
    }

    private static ParquetValue Utf8(JsonElement json) => ParquetValue.Text(json.GetString()!);
}
