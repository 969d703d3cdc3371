using System.Text.Json;
using NSft.Data.Parquet;
using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Formats.Columns;

/// <summary>What the values of a column look like, gathered row by row, to choose its type.</summary>
internal sealed class ColumnShape
{
    // Deeper values become JSON text: each list takes two levels of a file's schema.
    private const int DeepestNesting = 10;
    private const string ElementName = "element";
    private const string BytesName = "bytes";
    private const string PathName = "path";

    private readonly Dictionary<string, ColumnShape> _fields = new(StringComparer.Ordinal);
    private ColumnShape? _element;
    private bool _hasText;
    private bool _hasBoolean;
    private bool _hasInteger;
    private bool _hasReal;
    private bool _hasObject;
    private bool _hasList;

    /// <summary>Looks at a value.</summary>
    public void Add(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _hasText = true;
                break;
            case JsonValueKind.True or JsonValueKind.False:
                _hasBoolean = true;
                break;
            case JsonValueKind.Number when value.TryGetInt64(out _):
                _hasInteger = true;
                break;
            case JsonValueKind.Number:
                _hasReal = true;
                break;
            case JsonValueKind.Array:
                _hasList = true;
                _element ??= new ColumnShape();
                foreach (JsonElement item in value.EnumerateArray())
                {
                    _element.Add(item);
                }

                break;
            case JsonValueKind.Object:
                AddObject(value);
                break;
            default:
                break;
        }
    }

    /// <summary>The type that holds all values seen; what no other type holds is a column of JSON text.</summary>
    public ParquetField ToField(string name) => ToField(name, DeepestNesting);

    /// <summary>An image as Hugging Face's data sets hold it.</summary>
    public static ParquetField Image(string name) => ParquetField.Struct(name, ParquetField.Leaf(BytesName, PhysicalType.ByteArray), ParquetField.Text(PathName));

    /// <summary>Whether a field is an image: its bytes, its path, or both.</summary>
    public static bool IsImage(ParquetField field) =>
        field is { Kind: ParquetFieldKind.Struct, Children: [{ Name: BytesName, IsBytes: true, Meaning.IsText: false }, { Name: PathName, IsBytes: true }] };

    private ParquetField ToField(string name, int depth)
    {
        int kinds = (_hasText ? 1 : 0) + (_hasBoolean ? 1 : 0) + (_hasInteger || _hasReal ? 1 : 0) + (_hasObject ? 1 : 0) + (_hasList ? 1 : 0);
        if (IsImage(kinds))
        {
            return Image(name);
        }

        bool isStruct = _hasObject && _fields.Count > 0;
        return kinds switch
        {
            0 => ParquetField.Text(name),
            1 when _hasText => ParquetField.Text(name),
            1 when _hasBoolean => ParquetField.Leaf(name, PhysicalType.Boolean),
            1 when _hasInteger || _hasReal => ParquetField.Leaf(name, _hasReal ? PhysicalType.Double : PhysicalType.Int64),
            1 when _hasList && depth > 0 => ParquetField.List(_element!.ToField(ElementName, depth - 1), name),
            1 when isStruct && depth > 0 => ParquetField.Struct(name, [.. _fields.Select(field => field.Value.ToField(field.Key, depth - 1))]),
            _ => ParquetField.Text(name) with { Meaning = FieldMeaning.Json },
        };
    }

    // A row may name its image as text where others hold it themselves.
    private bool IsImage(int kinds) =>
        _hasObject && kinds == (_hasText ? 2 : 1) && _fields.ContainsKey(BytesName)
        && _fields.All(field => field.Key is BytesName or PathName && field.Value is { _hasBoolean: false, _hasInteger: false, _hasReal: false, _hasObject: false, _hasList: false });

    private void AddObject(JsonElement value)
    {
        _hasObject = true;
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (!_fields.TryGetValue(property.Name, out ColumnShape? field))
            {
                field = new ColumnShape();
                _fields.Add(property.Name, field);
            }

            field.Add(property.Value);
        }
    }
}
