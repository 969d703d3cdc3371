using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using NSft.Collectives;

namespace NSft.Client.Kubernetes;

/// <summary>The number of silos, by the scale subresource of their StatefulSet.</summary>
/// <param name="client">Asks the API server.</param>
/// <param name="silos">The silos.</param>
internal sealed class SiloScale(ApiClient client, SiloSet silos)
{
    /// <summary>Conflicts in a row after which something else writes all the time.</summary>
    private const int MostConflicts = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Wants a number of silos. Whoever changed the number in between is overruled, knowingly: the newest wish is read before each try.</summary>
    /// <returns>The number wanted before.</returns>
    /// <exception cref="UserInputException">There are no such silos, the server refuses, or another writer never rests.</exception>
    public async Task<int> SetAsync(int replicas, CancellationToken cancellation)
    {
        for (int conflicts = 0; conflicts < MostConflicts; conflicts++)
        {
            JsonNode scale = await FindAsync(cancellation).ConfigureAwait(false);
            int before = (int?)scale["spec"]?["replicas"] ?? 0;
            if (before == replicas)
            {
                return before;
            }

            JsonObject patch = new()
            {
                ["metadata"] = new JsonObject { ["resourceVersion"] = (string?)scale["metadata"]?["resourceVersion"] },
                ["spec"] = new JsonObject { ["replicas"] = replicas },
            };
            try
            {
                _ = await client.PatchAsync($"{silos.Path}/scale", patch, cancellation).ConfigureAwait(false);
                return before;
            }
            catch (ApiException conflict) when (conflict.Status == HttpStatusCode.Conflict)
            {
                await Task.Delay(Pause * (conflicts + 1), cancellation).ConfigureAwait(false);
            }
        }

        throw new UserInputException(string.Create(CultureInfo.InvariantCulture,
            $"{silos.Namespace}/{silos.Name}: {MostConflicts} times somebody else changed it first; does an autoscaler own its number of replicas?"));
    }

    /// <summary>Silos that are wanted, there and ready.</summary>
    public async Task<(int Wanted, int Ready, int Running)> CountAsync(CancellationToken cancellation)
    {
        JsonNode set = await client.GetAsync(silos.Path, cancellation).ConfigureAwait(false);
        return ((int?)set["spec"]?["replicas"] ?? 0, (int?)set["status"]?["readyReplicas"] ?? 0, (int?)set["status"]?["replicas"] ?? 0);
    }

    private async Task<JsonNode> FindAsync(CancellationToken cancellation)
    {
        try
        {
            return await client.GetAsync($"{silos.Path}/scale", cancellation).ConfigureAwait(false);
        }
        catch (ApiException missing) when (missing.Status == HttpStatusCode.NotFound)
        {
            throw silos.Missing(missing);
        }
    }
}
