using System.Text.Json.Nodes;
using NSft.Tests;
using NSft.Tests.Servers;

namespace NSft.Deployment.Tests.Manifests;

/// <summary>Kubernetes' own schemas, and those of KEDA and the Prometheus operator.</summary>
internal static class SchemaCheck
{
    /// <summary>What they do not allow in the objects; one line each. Fields that no schema knows are named, too.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IEnumerable<JsonObject> objects)
    {
        JsonArray all = new([.. objects.Select(one => one.DeepClone())]);
        string said = await ToolProcess.RunAsync("node", [RepositoryPaths.At("tests", "Deployment.Tests", "Manifests", "check-schemas.mjs"), NodeTools.Folder], all.ToJsonString());
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
