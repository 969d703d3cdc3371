using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using NSft.Collectives;

namespace NSft.Model.Serialization;

/// <summary>The header of a safetensors file: 8 bytes of length, then JSON with names, types, shapes and byte ranges.</summary>
/// <remarks>As strict as the format's own reader: ranges follow each other without hole or overlap, and end with the file.</remarks>
internal sealed record SafetensorsHeader(IReadOnlyList<TensorEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    private const int LengthBytes = 8;
    private const long LargestHeader = 100_000_000;
    private const string MetadataName = "__metadata__";

    public static SafetensorsHeader Read(Stream file, string path)
    {
        long fileBytes = file.Length;
        byte[] json = ReadJson(file, path, fileBytes);
        long dataStart = LengthBytes + json.LongLength;
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
            using JsonDocument document = JsonDocument.Parse(json, options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Damaged(path, "its header is not a JSON object");
            }

            return Parse(document.RootElement, path, dataStart, fileBytes);
        }
        catch (JsonException error)
        {
            throw new UserInputException($"{path}: is not a safetensors file: its header is not valid JSON or names a tensor twice.", error);
        }
    }

    private static byte[] ReadJson(Stream file, string path, long fileBytes)
    {
        Span<byte> prefix = stackalloc byte[LengthBytes];
        if (fileBytes < LengthBytes)
        {
            throw new UserInputException($"{path}: is truncated: expected at least {LengthBytes} bytes, found {fileBytes}.");
        }

        file.ReadExactly(prefix);
        if (Encoding.ASCII.GetString(prefix) == "version ")
        {
            throw new UserInputException($"{path}: is a Git LFS pointer, not the tensors; fetch the file itself.");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length is 0 or > LargestHeader)
        {
            throw new UserInputException($"{path}: is not a safetensors file: its header length {length} is outside 1 to {LargestHeader}.");
        }

        if ((long)length > fileBytes - LengthBytes)
        {
            throw new UserInputException($"{path}: is truncated: its header needs {LengthBytes + (long)length} bytes, found {fileBytes}.");
        }

        byte[] json = new byte[length];
        file.ReadExactly(json);
        return json;
    }

    private static SafetensorsHeader Parse(JsonElement root, string path, long dataStart, long fileBytes)
    {
        var entries = new List<TensorEntry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name == MetadataName)
            {
                ReadMetadata(property.Value, metadata, path);
            }
            else
            {
                entries.Add(ReadEntry(property, path, dataStart));
            }
        }

        CheckRanges(entries, path, dataStart, fileBytes);
        return new SafetensorsHeader(entries, metadata);
    }

    private static void ReadMetadata(JsonElement value, Dictionary<string, string> metadata, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Damaged(path, "its metadata is not an object");
        }

        foreach (JsonProperty item in value.EnumerateObject())
        {
            metadata[item.Name] = item.Value.ValueKind == JsonValueKind.String ? item.Value.GetString()! : throw Damaged(path, "its metadata holds something that is not text");
        }
    }

    private static TensorEntry ReadEntry(JsonProperty property, string path, long dataStart)
    {
        string name = property.Name;
        JsonElement value = property.Value;
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out JsonElement dtypeValue) || dtypeValue.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("shape", out JsonElement shapeValue) || !TryReadLongs(shapeValue, out long[] shape)
            || !value.TryGetProperty("data_offsets", out JsonElement rangeValue) || !TryReadLongs(rangeValue, out long[] range)
            || range.Length != 2)
        {
            throw Damaged(path, $"tensor '{name}' lacks a proper dtype, shape or data_offsets");
        }

        TensorDtype dtype = TensorDtypes.FromHeaderName(dtypeValue.GetString()!)
            ?? throw new UserInputException($"{path}: tensor '{name}' has the unknown type {dtypeValue.GetString()}.");
        long wanted;
        try
        {
            wanted = checked(TensorDtypes.ElementCount(shape) * dtype.SizeOf());
        }
        catch (OverflowException error)
        {
            throw new UserInputException($"{path}: tensor '{name}' has the impossible shape [{string.Join(", ", shape)}].", error);
        }

        if (range[0] > range[1] || range[1] - range[0] != wanted)
        {
            throw Damaged(path, $"tensor '{name}' [{string.Join(", ", shape)}] of {dtype.HeaderName()} needs {wanted} bytes, its range [{range[0]}, {range[1]}) has {range[1] - range[0]}");
        }

        return range[0] <= long.MaxValue - dataStart
            ? new TensorEntry(name, dtype, shape, path, dataStart + range[0], wanted)
            : throw Damaged(path, $"tensor '{name}' begins at {range[0]}");
    }

    private static bool TryReadLongs(JsonElement value, out long[] numbers)
    {
        numbers = [];
        if (value.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        numbers = new long[value.GetArrayLength()];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (value[i].ValueKind != JsonValueKind.Number || !value[i].TryGetInt64(out numbers[i]) || numbers[i] < 0)
            {
                return false;
            }
        }

        return true;
    }

    private static void CheckRanges(List<TensorEntry> entries, string path, long dataStart, long fileBytes)
    {
        entries.Sort((left, right) =>
        {
            int byOffset = left.Offset.CompareTo(right.Offset);
            return byOffset != 0 ? byOffset : left.ByteCount.CompareTo(right.ByteCount);
        });
        long end = dataStart;
        foreach (TensorEntry entry in entries)
        {
            if (entry.Offset != end)
            {
                string fault = entry.Offset < end ? "overlaps the tensor before it" : "leaves a hole before it";
                throw Damaged(path, $"tensor '{entry.Name}' {fault} (begins at {entry.Offset - dataStart}, expected {end - dataStart})");
            }

            end = entry.ByteCount <= long.MaxValue - end ? end + entry.ByteCount : throw Damaged(path, $"tensor '{entry.Name}' ends beyond every file");
        }

        if (end > fileBytes)
        {
            string first = entries.First(entry => entry.Offset + entry.ByteCount > fileBytes).Name;
            throw new UserInputException($"{path}: is truncated: expected {end} bytes, found {fileBytes}; the first tensor cut off is '{first}'.");
        }

        if (end < fileBytes)
        {
            throw Damaged(path, $"{fileBytes - end} bytes follow the last tensor (expected {end} bytes, found {fileBytes})");
        }
    }

    private static UserInputException Damaged(string path, string reason) => new($"{path}: is a damaged safetensors file: {reason}.");
}
