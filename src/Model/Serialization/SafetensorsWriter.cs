using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using NSft.Collectives.Files;

namespace NSft.Model.Serialization;

/// <summary>Writes safetensors files. The same tensors give the same bytes whatever order they come in.</summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Dictionary<string, string> NoMetadata = new(StringComparer.Ordinal);

    /// <summary>Metadata that Hugging Face expects in a file of PyTorch weights.</summary>
    public static IReadOnlyDictionary<string, string> PyTorchMetadata { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" };

    /// <summary>Writes one file beside its place, flushes it and renames it.</summary>
    /// <param name="path">Where the file shall be; its folder exists.</param>
    /// <param name="tensors">The tensors; names differ.</param>
    /// <param name="metadata">Free text pairs of the header, or null.</param>
    public static void Write(string path, IEnumerable<TensorSource> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        TensorSource[] ordered = [.. tensors.OrderByDescending(tensor => tensor.Dtype).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
        byte[] header = Header(ordered, metadata ?? NoMetadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (TensorSource tensor in ordered)
            {
                long start = stream.Position;
                tensor.WriteTo(stream);
                long written = stream.Position - start;
                if (written != tensor.ByteCount)
                {
                    throw new InvalidOperationException($"Tensor '{tensor.Name}' wrote {written} bytes instead of {tensor.ByteCount}.");
                }
            }
        });
    }

    private static byte[] Header(TensorSource[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject("__metadata__");
                foreach ((string key, string value) in metadata.OrderBy(item => item.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            WriteTensors(json, tensors);
            json.WriteEndObject();
        }

        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static void WriteTensors(Utf8JsonWriter json, TensorSource[] tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        long offset = 0;
        foreach (TensorSource tensor in tensors)
        {
            if (!names.Add(tensor.Name))
            {
                throw new ArgumentException($"Tensor '{tensor.Name}' is given twice.", nameof(tensors));
            }

            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Dtype.HeaderName());
            json.WriteStartArray("shape");
            foreach (long size in tensor.Shape)
            {
                json.WriteNumberValue(size);
            }

            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            offset = checked(offset + tensor.ByteCount);
            json.WriteNumberValue(offset);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }
}
