using System.Text;
using NSft.Collectives;
using YamlDotNet.RepresentationModel;

namespace NSft.Client.Kubernetes;

/// <summary>A cluster, user or context of a kubeconfig.</summary>
/// <param name="file">The file that it is in; paths of the entry start from its folder.</param>
/// <param name="name">What it is, for messages.</param>
/// <param name="map">What it says.</param>
internal sealed class KubeConfigEntry(string file, string name, YamlMappingNode map)
{
    /// <summary>The file that it is in.</summary>
    public string File => file;

    /// <summary>File and entry, for messages.</summary>
    public string Place => $"{file}: {name}";

    /// <summary>A text; null for none.</summary>
    public string? Text(string key) => KubeConfigFile.Scalar(map, key);

    /// <summary>A text that must be there.</summary>
    /// <exception cref="UserInputException">It is not.</exception>
    public string Required(string key) => Text(key) ?? throw new UserInputException($"{Place}: has no {key}");

    /// <summary>An address; null for none.</summary>
    /// <exception cref="UserInputException">It is none.</exception>
    public Uri? Address(string key) => Text(key) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http" ? address
        : throw new UserInputException($"{Place}: {key} {text} is no address; it looks like https://HOST:6443");

    /// <summary>An entry below this one; null for none.</summary>
    public KubeConfigEntry? Map(string key) => KubeConfigFile.Child(map, key) is YamlMappingNode below ? new KubeConfigEntry(file, $"{name}, {key}", below) : null;

    /// <summary>Texts of a list.</summary>
    public IEnumerable<string> Texts(string key) => (KubeConfigFile.Child(map, key) as YamlSequenceNode)?.Children.OfType<YamlScalarNode>().Select(one => one.Value ?? "") ?? [];

    /// <summary>Names and values of a list.</summary>
    public IEnumerable<KeyValuePair<string, string>> Pairs(string key) =>
        ((KubeConfigFile.Child(map, key) as YamlSequenceNode)?.Children.OfType<YamlMappingNode>() ?? [])
            .Select(pair => KeyValuePair.Create(KubeConfigFile.Scalar(pair, "name") ?? "", KubeConfigFile.Scalar(pair, "value") ?? ""));

    /// <summary>What <c>key-data</c> holds or the file of <c>key</c> does; null for neither.</summary>
    /// <exception cref="UserInputException">It cannot be read.</exception>
    public string? Pem(string key)
    {
        if (Text($"{key}-data") is { } data)
        {
            byte[] bytes = new byte[data.Length];
            return Convert.TryFromBase64String(data, bytes, out int length)
                ? Encoding.UTF8.GetString(bytes, 0, length)
                : throw new UserInputException($"{Place}: {key}-data is not Base64");
        }

        return Text(key) is { } path ? Read(path, System.IO.File.ReadAllText) : null;
    }

    /// <summary>Reads a file that the entry names.</summary>
    /// <exception cref="UserInputException">It cannot be read.</exception>
    public async Task<string> ReadFileAsync(string path, CancellationToken cancellation) =>
        await Read(path, full => System.IO.File.ReadAllTextAsync(full, cancellation)).ConfigureAwait(false);

    /// <summary>A path of the entry from the root.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(file))!);

    private T Read<T>(string path, Func<string, T> read)
    {
        string full = FullPath(path);
        try
        {
            return System.IO.File.Exists(full) ? read(full) : throw new UserInputException($"{Place}: {full} is not there");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{Place}: {full} cannot be read: {exception.Message.TrimEnd('.')}", exception);
        }
    }
}
