using NSft.Tests;
using YamlDotNet.Serialization;

namespace NSft.Deployment.Tests.Monitoring;

/// <summary>The rules of the PrometheusRule object as a file that Prometheus itself reads: the object's <c>spec</c>.</summary>
internal sealed class RuleFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nsft-rules-").FullName;

    public RuleFile()
    {
        object manifest = new Deserializer().Deserialize<Dictionary<string, object>>(File.ReadAllText(RepositoryPaths.At("k8s", "monitoring", "prometheus-rule.yaml")))["spec"];
        File.WriteAllText(Path, new Serializer().Serialize(manifest));
    }

    public string Path => System.IO.Path.Combine(_folder, "rules.yaml");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
