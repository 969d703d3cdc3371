using NSft.Tests;
using YamlDotNet.RepresentationModel;

namespace NSft.Deployment.Tests.Monitoring;

/// <summary>The rules of the PrometheusRule object as a file that Prometheus itself reads: the object's <c>spec</c>. In a folder that ends with it.</summary>
internal sealed class RuleFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nsft-rules-").FullName;

    public RuleFile()
    {
        YamlNode groups = Root(RepositoryPaths.At("k8s", "monitoring", "prometheus-rule.yaml"))["spec"];
        using StreamWriter writer = new(Path);
        new YamlStream(new YamlDocument(groups)).Save(writer, assignAnchors: false);
        All = [.. ((YamlSequenceNode)groups["groups"])
            .SelectMany(group => (YamlSequenceNode)group["rules"])
            .Select(rule => Read((YamlMappingNode)rule))];
    }

    /// <summary>The file.</summary>
    public string Path => At("rules.yaml");

    /// <summary>Its rules.</summary>
    public IReadOnlyList<Rule> All { get; }

    /// <summary>Copies a file beside the rules and gives its new place.</summary>
    public string Take(string file)
    {
        string copy = At(System.IO.Path.GetFileName(file));
        File.Copy(file, copy);
        return copy;
    }

    /// <summary>A path in the rules' folder.</summary>
    public string At(string name) => System.IO.Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static YamlNode Root(string path)
    {
        using StreamReader reader = new(path);
        YamlStream stream = [];
        stream.Load(reader);
        return stream.Documents[0].RootNode;
    }

    private static Rule Read(YamlMappingNode rule)
    {
        bool isAlert = rule.Children.TryGetValue("alert", out YamlNode? name);
        return new Rule(Text(name ?? rule["record"]), Text(rule["expr"]), isAlert, isAlert ? Text(rule["annotations"]["runbook"]) : null);
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;
}
