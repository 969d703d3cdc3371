using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NSft.Tests;

namespace NSft.Deployment.Tests.Manifests;

/// <summary>All objects that one <c>kubectl apply -k</c> would send.</summary>
internal sealed class Rendering
{
    private static readonly ConcurrentDictionary<string, Task<Rendering>> Rendered = new(StringComparer.Ordinal);

    private Rendering(IReadOnlyList<JsonObject> objects) => Objects = objects;

    /// <summary>Folders that users apply.</summary>
    public static IReadOnlyList<string> Overlays { get; } = ["k8s/overlays/cpu-demo", "k8s/overlays/gpu"];

    public IReadOnlyList<JsonObject> Objects { get; }

    /// <summary>The silos.</summary>
    public JsonObject Silos => One("StatefulSet", "nsft-silo");

    /// <summary>The container of a silo.</summary>
    public JsonObject SiloContainer => Containers(Silos).Single();

    /// <summary>Everything that makes pods.</summary>
    public IEnumerable<JsonObject> Workloads => Objects.Where(one => Kind(one) is "StatefulSet" or "Deployment");

    /// <summary>A folder of the checkout, rendered once for all tests; who changes objects takes clones.</summary>
    public static Task<Rendering> OfAsync(string folder) => Rendered.GetOrAdd(folder, RenderAsync);

    /// <summary>Renders an overlay together with components, as a user's own kustomization would.</summary>
    public static async Task<Rendering> WithAsync(string overlay, params string[] components)
    {
        string folder = Directory.CreateTempSubdirectory("nsft-overlay-").FullName;
        try
        {
            string Below(string path) => Path.GetRelativePath(folder, RepositoryPaths.At(path));
            await File.WriteAllTextAsync(
                Path.Combine(folder, "kustomization.yaml"),
                $"resources: [{Below(overlay)}]\ncomponents: [{string.Join(", ", components.Select(Below))}]\n");
            return await RenderAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static string Kind(JsonObject one) => one["kind"]!.GetValue<string>();

    public static string Name(JsonObject one) => one["metadata"]!["name"]!.GetValue<string>();

    public static JsonObject PodSpec(JsonObject workload) => workload["spec"]!["template"]!["spec"]!.AsObject();

    public static IEnumerable<JsonObject> Containers(JsonObject workload) => Items(PodSpec(workload)["containers"]);

    public static IEnumerable<JsonObject> Items(JsonNode? list) => list?.AsArray().Select(item => item!.AsObject()) ?? [];

    /// <summary>The only object of a kind and name.</summary>
    public JsonObject One(string kind, string name) => Objects.Single(one => Kind(one) == kind && Name(one) == name);

    public IEnumerable<JsonObject> All(string kind) => Objects.Where(one => Kind(one) == kind);

    /// <summary>A setting of a container as a process would see it; null where it is unset or comes from elsewhere than manifest and ConfigMap.</summary>
    public string? Setting(JsonObject container, string name)
    {
        JsonObject? own = Items(container["env"]).SingleOrDefault(one => one["name"]!.GetValue<string>() == name);
        return own is not null
            ? own["value"]?.GetValue<string>()
            : Items(container["envFrom"]).Select(source => One("ConfigMap", source["configMapRef"]!["name"]!.GetValue<string>())["data"]![name]?.GetValue<string>()).FirstOrDefault(value => value is not null);
    }

    private static async Task<Rendering> RenderAsync(string folder) =>
        new(YamlJson.Read(await ToolProcess.RunAsync("kubectl", ["kustomize", RepositoryPaths.At(folder)])));
}
