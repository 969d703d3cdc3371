using System.Text.Json;
using System.Text.Json.Nodes;
using NSft.Data.Parquet;
using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Formats.Columns;

/// <summary>The note by which Hugging Face's data sets know what columns are, so that images load as images.</summary>
internal static class HuggingFaceFeatures
{
    /// <summary>Key of the note in a file's footer.</summary>
    public const string Key = "huggingface";

    private const int Date = 6;
    private const int TimestampMilliseconds = 9;
    private const int TimestampMicroseconds = 10;

    /// <summary>The note for some columns.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="earlier">What is known of columns that were read: their features by name, which say more than their types do.</param>
    public static string Write(ParquetSchema schema, IReadOnlyDictionary<string, string> earlier)
    {
        JsonObject features = [];
        foreach (ParquetField field in schema.Fields)
        {
            features[field.Name] = earlier.TryGetValue(field.Name, out string? known) ? JsonNode.Parse(known) : Feature(field);
        }

        return new JsonObject { ["info"] = new JsonObject { ["features"] = features } }.ToJsonString();
    }

    /// <summary>The features by column of a note that was read; none where it is missing or broken.</summary>
    public static IReadOnlyDictionary<string, string> Read(IReadOnlyDictionary<string, string> keyValues)
    {
        if (!keyValues.TryGetValue(Key, out string? note))
        {
            return NoExtensions.Value;
        }

        try
        {
            Dictionary<string, string> features = new(StringComparer.Ordinal);
            foreach (JsonProperty feature in JsonElement.Parse(note).GetProperty("info").GetProperty("features").EnumerateObject())
            {
                features[feature.Name] = feature.Value.GetRawText();
            }

            return features;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return NoExtensions.Value;
        }
    }

    // A list is written as JSON's list of one feature, the form that all versions read.
    private static JsonNode Feature(ParquetField field) => field.Kind switch
    {
        ParquetFieldKind.List => new JsonArray(Feature(field.Element)),
        ParquetFieldKind.Struct when ColumnShape.IsImage(field) => new JsonObject { ["_type"] = "Image" },
        ParquetFieldKind.Struct => new JsonObject(field.Children.Select(child => KeyValuePair.Create(child.Name, (JsonNode?)Feature(child)))),
        _ => new JsonObject { ["dtype"] = TypeName(field), ["_type"] = "Value" },
    };

    private static string TypeName(ParquetField field) => (field.Type, field.Meaning.ConvertedType) switch
    {
        (PhysicalType.Int32, Date) => "date32",
        (PhysicalType.Int64, TimestampMilliseconds) => "timestamp[ms]",
        (PhysicalType.Int64, TimestampMicroseconds) => "timestamp[us]",
        (PhysicalType.Boolean, _) => "bool",
        (PhysicalType.Int32, _) => "int32",
        (PhysicalType.Int64, _) => "int64",
        (PhysicalType.Int96, _) => "timestamp[ns]",
        (PhysicalType.Float, _) => "float32",
        (PhysicalType.Double, _) => "float64",
        _ => field.Meaning.IsText ? "string" : "binary",
    };
}
