using NSft.Collectives;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NSft.Client.Kubernetes;

/// <summary>One kubeconfig file as it is written.</summary>
internal sealed class KubeConfigFile
{
    private readonly YamlMappingNode _root;

    private KubeConfigFile(string path, YamlMappingNode root)
    {
        Path = path;
        _root = root;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserInputException">It cannot be read, or is no kubeconfig.</exception>
    public static KubeConfigFile Read(string path)
    {
        try
        {
            using StreamReader reader = new(path);
            YamlStream stream = [];
            stream.Load(reader);
            return stream.Documents.Count > 0 && stream.Documents[0].RootNode is YamlMappingNode root
                ? new KubeConfigFile(path, root)
                : throw new UserInputException($"{path}: is no kubeconfig");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: the kubeconfig cannot be read: {exception.Message.TrimEnd('.')}", exception);
        }
        catch (YamlException exception)
        {
            throw new UserInputException($"{path}, line {exception.Start.Line}: is no YAML: {exception.Message.TrimEnd('.')}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // What the parser throws for a text that ends within a list.
            throw new UserInputException($"{path}: is no YAML: it ends too early", exception);
        }
    }

    /// <summary>A text at the top; null for none.</summary>
    public string? Text(string key) => Scalar(_root, key);

    /// <summary>Names of the entries of a list.</summary>
    public IEnumerable<string> Names(string list) => Entries(list).Select(entry => Scalar(entry, "name")).OfType<string>();

    /// <summary>An entry of a list; null for none of that name.</summary>
    public KubeConfigEntry? Find(string list, string content, string name) =>
        Entries(list).FirstOrDefault(entry => Scalar(entry, "name") == name) is { } found && Child(found, content) is YamlMappingNode map
            ? new KubeConfigEntry(Path, $"{content} {name}", map)
            : null;

    /// <summary>A text below a node; null for none.</summary>
    internal static string? Scalar(YamlMappingNode map, string key) => (Child(map, key) as YamlScalarNode)?.Value is { Length: > 0 } value ? value : null;

    /// <summary>A node below a node; null for none.</summary>
    internal static YamlNode? Child(YamlMappingNode map, string key) => map.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? node) ? node : null;

    private IEnumerable<YamlMappingNode> Entries(string list) => (Child(_root, list) as YamlSequenceNode)?.Children.OfType<YamlMappingNode>() ?? [];
}
