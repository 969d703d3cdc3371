using System.Text.Json;
using NSft.Collectives;

namespace NSft.Model.Serialization;

/// <summary>The tensors of a model directory: one model.safetensors, or shards named by an index.</summary>
public sealed class SafetensorsDirectory : IDisposable
{
    /// <summary>Name of an unsharded model's file.</summary>
    public const string SingleFileName = "model.safetensors";

    /// <summary>Name of a sharded model's index.</summary>
    public const string IndexFileName = "model.safetensors.index.json";

    private readonly Dictionary<string, SafetensorsFile> _files;

    private SafetensorsDirectory(Dictionary<string, SafetensorsFile> files)
    {
        _files = files;
        Entries = files.Values.SelectMany(file => file.Entries.Values).ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>Every tensor of all files by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Entries { get; }

    /// <summary>Opens and checks all files of a model.</summary>
    /// <param name="modelDirectory">A Hugging Face model directory.</param>
    /// <exception cref="UserInputException">A file is missing or damaged, or index and shards disagree; names are in the message.</exception>
    public static SafetensorsDirectory Open(string modelDirectory)
    {
        string single = Path.Combine(modelDirectory, SingleFileName);
        string index = Path.Combine(modelDirectory, IndexFileName);
        if (File.Exists(single))
        {
            SafetensorsFile file = SafetensorsFile.Open(single);
            return new SafetensorsDirectory(new(StringComparer.Ordinal) { [single] = file });
        }

        return File.Exists(index) ? OpenShards(modelDirectory, index) : throw Missing(modelDirectory);
    }

    /// <summary>The bytes of a tensor, little-endian, valid until this object is disposed.</summary>
    /// <param name="entry">An entry of this directory of less than 2 GiB.</param>
    public ReadOnlySpan<byte> Bytes(TensorEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _files[entry.File].Bytes(entry);
    }

    /// <summary>Copies part of a tensor's bytes, for tensors of any size.</summary>
    /// <param name="entry">An entry of this directory.</param>
    /// <param name="start">First byte, counted from the tensor's first.</param>
    /// <param name="destination">Filled whole.</param>
    public void Read(TensorEntry entry, long start, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _files[entry.File].Read(entry, start, destination);
    }

    /// <summary>Copies a whole tensor.</summary>
    /// <param name="entry">An entry of this directory.</param>
    /// <param name="destination">Exactly <see cref="TensorEntry.ByteCount"/> long.</param>
    public void Read(TensorEntry entry, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _files[entry.File].Read(entry, destination);
    }

    /// <summary>Unmaps all files.</summary>
    public void Dispose()
    {
        foreach (SafetensorsFile file in _files.Values)
        {
            file.Dispose();
        }
    }

    private static SafetensorsDirectory OpenShards(string modelDirectory, string index)
    {
        Dictionary<string, string> weightMap = ReadWeightMap(index);
        string[] names = [.. weightMap.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] missing = [.. names.Where(name => !File.Exists(Path.Combine(modelDirectory, name)))];
        if (missing.Length > 0)
        {
            throw new UserInputException($"{index}: {missing.Length} of {names.Length} shards are missing: {string.Join(", ", missing)}.");
        }

        var files = new Dictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        try
        {
            foreach (string name in names)
            {
                string path = Path.Combine(modelDirectory, name);
                SafetensorsFile file = SafetensorsFile.Open(path);
                files.Add(path, file);
                CheckShard(index, name, file, weightMap);
            }

            return new SafetensorsDirectory(files);
        }
        catch
        {
            foreach (SafetensorsFile file in files.Values)
            {
                file.Dispose();
            }

            throw;
        }
    }

    private static void CheckShard(string index, string shard, SafetensorsFile file, Dictionary<string, string> weightMap)
    {
        string[] absent = [.. weightMap.Where(item => item.Value == shard && !file.Entries.ContainsKey(item.Key)).Select(item => item.Key).Order(StringComparer.Ordinal)];
        if (absent.Length > 0)
        {
            throw new UserInputException($"{index}: {absent.Length} tensors are not in their shard {shard}: {string.Join(", ", absent)}.");
        }

        string[] strange = [.. file.Entries.Keys.Where(name => weightMap.GetValueOrDefault(name) != shard).Order(StringComparer.Ordinal)];
        if (strange.Length > 0)
        {
            throw new UserInputException($"{index}: shard {shard} holds {strange.Length} tensors that the index does not place there: {string.Join(", ", strange)}.");
        }
    }

    private static Dictionary<string, string> ReadWeightMap(string index)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(index));
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("weight_map", out JsonElement map)
                || map.ValueKind != JsonValueKind.Object)
            {
                throw new UserInputException($"{index}: has no weight_map.");
            }

            var result = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (JsonProperty item in map.EnumerateObject())
            {
                string? shard = item.Value.ValueKind == JsonValueKind.String ? item.Value.GetString() : null;
                bool isPlainName = !string.IsNullOrEmpty(shard) && shard is not ("." or "..") && Path.GetFileName(shard) == shard;
                result[item.Name] = isPlainName ? shard! : throw new UserInputException($"{index}: tensor '{item.Name}' names the shard {item.Value.GetRawText()}, which is not a file name.");
            }

            return result;
        }
        catch (JsonException error)
        {
            throw new UserInputException($"{index}: is not valid JSON at line {error.LineNumber + 1}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{index}: cannot be read: {error.Message}", error);
        }
    }

    private static UserInputException Missing(string modelDirectory)
    {
        if (!Directory.Exists(modelDirectory))
        {
            return new UserInputException($"{modelDirectory}: the model directory does not exist.");
        }

        bool hasPickles = Directory.EnumerateFiles(modelDirectory, "pytorch_model*.bin").Any();
        string hint = hasPickles ? "; pytorch_model*.bin cannot be read, save the model as safetensors" : "";
        return new UserInputException($"{modelDirectory}: has neither {SingleFileName} nor {IndexFileName}{hint}.");
    }
}
