using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using NSft.Collectives;
using NSft.Silo;

namespace NSft.Client.Kubernetes;

/// <summary>Learns about the silos of a cluster: from the API server, and from the silos themselves.</summary>
/// <param name="client">Asks the API server.</param>
/// <param name="silos">Which silos.</param>
/// <param name="patience">How long a silo may take to answer.</param>
internal sealed class ClusterSurvey(ApiClient client, SiloSet silos, TimeSpan patience)
{
    private const int DefaultHttpPort = 8080;

    /// <summary>Looks at everything.</summary>
    /// <exception cref="UserInputException">There are no such silos, or the API server does not tell.</exception>
    public async Task<ClusterFacts> TakeAsync(CancellationToken cancellation)
    {
        SetFacts set = SetFacts.Of(await FindAsync(cancellation).ConfigureAwait(false));
        JsonNode pods = await client.GetAsync($"{silos.CorePath("pods")}?labelSelector={Uri.EscapeDataString(set.Selector)}", cancellation).ConfigureAwait(false);
        PodFacts[] found = [.. (pods["items"]?.AsArray() ?? []).Select(pod => PodFacts.Of(pod!)).OrderBy(pod => pod.Name, StringComparer.Ordinal)];
        IReadOnlyList<EventFacts> events = await EventsAsync(cancellation).ConfigureAwait(false);
        SiloAnswer?[] answers = await Task.WhenAll(found.Select(pod => AskAsync(pod, cancellation))).ConfigureAwait(false);
        Dictionary<string, SiloAnswer> said = found.Zip(answers).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First.Name, pair => pair.Second!, StringComparer.Ordinal);
        return new ClusterFacts(silos, set, found, events, said, ProgramVersion.Current);
    }

    private async Task<JsonNode> FindAsync(CancellationToken cancellation)
    {
        try
        {
            return await client.GetAsync(silos.Path, cancellation).ConfigureAwait(false);
        }
        catch (ApiException missing) when (missing.Status == HttpStatusCode.NotFound)
        {
            throw silos.Missing(missing);
        }
    }

    /// <summary>Events explain; without the right to read them the rest is still told.</summary>
    private async Task<IReadOnlyList<EventFacts>> EventsAsync(CancellationToken cancellation)
    {
        try
        {
            return EventFacts.Of(await client.GetAsync(silos.CorePath("events?fieldSelector=type%3DWarning"), cancellation).ConfigureAwait(false));
        }
        catch (ApiException forbidden) when (forbidden.Status == HttpStatusCode.Forbidden)
        {
            return [];
        }
    }

    private async Task<SiloAnswer?> AskAsync(PodFacts pod, CancellationToken cancellation)
    {
        if (pod.Address is null || pod.WaitingReason is not null)
        {
            return null;
        }

        string? health = await ReadAsync(pod, "/healthz/ready", cancellation).ConfigureAwait(false);
        return health is null ? null : SiloAnswer.Read(health, await ReadAsync(pod, "/metrics", cancellation).ConfigureAwait(false) ?? "");
    }

    /// <summary>From another pod directly, from elsewhere through the API server.</summary>
    private async Task<string?> ReadAsync(PodFacts pod, string path, CancellationToken cancellation)
    {
        int port = pod.HttpPort ?? DefaultHttpPort;
        if (!silos.Server.IsInside)
        {
            string proxy = string.Create(CultureInfo.InvariantCulture, $"{silos.CorePath("pods")}/{pod.Name}:{port}/proxy{path}");
            return (await client.TryGetAsync(proxy, cancellation).ConfigureAwait(false))?.Body;
        }

        using HttpClient direct = new() { Timeout = patience };
        try
        {
            using HttpResponseMessage response = await direct.GetAsync(new UriBuilder(Uri.UriSchemeHttp, pod.Address, port, path).Uri, cancellation).ConfigureAwait(false);
            return await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
