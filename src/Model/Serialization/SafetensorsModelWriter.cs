using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NSft.Collectives.Files;

namespace NSft.Model.Serialization;

/// <summary>Writes a model's tensors as Hugging Face does: one model.safetensors, or shards with an index when they would be too large.</summary>
public static partial class SafetensorsModelWriter
{
    /// <summary>Writes the tensors into a directory; files of an earlier split there are removed after the new ones are in place.</summary>
    /// <param name="directory">The model directory; made when absent.</param>
    /// <param name="tensors">The tensors in model order; names differ.</param>
    /// <param name="maxShardBytes">Largest sum of tensor bytes in one file; a tensor above it has a file of its own.</param>
    public static void Write(string directory, IReadOnlyList<TensorSource> tensors, long maxShardBytes = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxShardBytes, 1);
        Directory.CreateDirectory(directory);
        List<List<TensorSource>> shards = Split(tensors, maxShardBytes);
        var written = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < shards.Count; i++)
        {
            string name = ShardName(i, shards.Count);
            SafetensorsWriter.Write(Path.Combine(directory, name), shards[i], SafetensorsWriter.PyTorchMetadata);
            written.Add(name);
        }

        if (shards.Count > 1)
        {
            AtomicFile.Write(Path.Combine(directory, SafetensorsDirectory.IndexFileName), Index(shards));
            written.Add(SafetensorsDirectory.IndexFileName);
        }

        foreach (string path in Directory.GetFiles(directory))
        {
            string name = Path.GetFileName(path);
            if (ModelFileName().IsMatch(name) && !written.Contains(name))
            {
                File.Delete(path);
            }
        }
    }

    private static List<List<TensorSource>> Split(IReadOnlyList<TensorSource> tensors, long maxShardBytes)
    {
        var shards = new List<List<TensorSource>>();
        var current = new List<TensorSource>();
        long bytes = 0;
        foreach (TensorSource tensor in tensors)
        {
            if (tensor.ByteCount > maxShardBytes)
            {
                shards.Add([tensor]);
                continue;
            }

            if (current.Count > 0 && bytes > maxShardBytes - tensor.ByteCount)
            {
                shards.Add(current);
                current = [];
                bytes = 0;
            }

            current.Add(tensor);
            bytes += tensor.ByteCount;
        }

        if (current.Count > 0 || shards.Count == 0)
        {
            shards.Add(current);
        }

        return shards;
    }

    private static string ShardName(int index, int count)
        => count == 1
            ? SafetensorsDirectory.SingleFileName
            : string.Create(CultureInfo.InvariantCulture, $"model-{index + 1:D5}-of-{count:D5}.safetensors");

    private static byte[] Index(List<List<TensorSource>> shards)
    {
        var places = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < shards.Count; i++)
        {
            foreach (TensorSource tensor in shards[i])
            {
                places.Add(tensor.Name, ShardName(i, shards.Count));
            }
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartObject("metadata");
            json.WriteNumber("total_parameters", shards.Sum(shard => shard.Sum(tensor => TensorDtypes.ElementCount(tensor.Shape))));
            json.WriteNumber("total_size", shards.Sum(shard => shard.Sum(tensor => tensor.ByteCount)));
            json.WriteEndObject();
            json.WriteStartObject("weight_map");
            foreach ((string name, string file) in places)
            {
                json.WriteString(name, file);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    [GeneratedRegex(@"^model(-[0-9]{5}-of-[0-9]{5})?\.safetensors(\.index\.json)?$")]
    private static partial Regex ModelFileName();
}
