using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NSft.Deployment.Tests.Manifests;
using NSft.Tests.Servers;

namespace NSft.Deployment.Tests.Processes;

/// <summary>
/// The silo container of a manifest as a process of this machine: its command and settings, except those that say where things are.
/// </summary>
internal sealed partial class SiloContainer : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly HttpClient _client;

    private SiloContainer(ServerProcess process, Uri address)
    {
        _process = process;
        _client = new HttpClient { BaseAddress = address };
    }

    /// <summary>What it wrote.</summary>
    public string Output => _process.Output;

    /// <summary>Starts the silo of an overlay.</summary>
    /// <param name="overlay">The overlay.</param>
    /// <param name="pod">Name of the pod.</param>
    /// <param name="changed">Settings that are other than in the cluster; null for what is not set here.</param>
    public static async Task<SiloContainer> StartAsync(Rendering overlay, string pod, IReadOnlyDictionary<string, string?> changed)
    {
        string[] command = Command(overlay);
        (ServerProcess process, Match ready) = await ServerProcess.StartAsync(command[0], command[1..], Answers(), Environment(overlay, pod, changed));
        return new SiloContainer(process, new Uri(ready.Groups[1].Value.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)));
    }

    /// <summary>The command, with the program of this build in the image's place.</summary>
    public static string[] Command(Rendering overlay) =>
        [.. overlay.SiloContainer["command"]!.AsArray().Select(word => word!.ToString().Replace("/app/", AppContext.BaseDirectory, StringComparison.Ordinal))];

    /// <summary>What the container's environment is, by name.</summary>
    public static IReadOnlyDictionary<string, string> Environment(Rendering overlay, string pod, IReadOnlyDictionary<string, string?> changed)
    {
        JsonObject container = overlay.SiloContainer;
        Dictionary<string, string> all = new(StringComparer.Ordinal);
        foreach (JsonObject source in Rendering.Items(container["envFrom"]))
        {
            foreach ((string name, JsonNode? value) in overlay.One("ConfigMap", source["configMapRef"]!["name"]!.ToString())["data"]!.AsObject())
            {
                all[name] = value!.ToString();
            }
        }

        foreach (JsonObject one in Rendering.Items(container["env"]))
        {
            if (ValueOf(overlay, pod, one) is { } value)
            {
                all[one["name"]!.ToString()] = value;
            }
        }

        foreach ((string name, string? value) in changed)
        {
            _ = value is null ? all.Remove(name) : (all[name] = value) is not null;
        }

        return all;
    }

    /// <summary>What a probe of the manifest is answered: the status, and the text.</summary>
    public async Task<(int Status, string Text)> ProbeAsync(Rendering overlay, string probe) =>
        await GetAsync(overlay.SiloContainer[probe]!["httpGet"]!["path"]!.ToString());

    /// <summary>What a path is answered.</summary>
    public async Task<(int Status, string Text)> GetAsync(string path)
    {
        using HttpResponseMessage response = await _client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Asks a probe as the kubelet does until it passes.</summary>
    public async Task PassAsync(Rendering overlay, string probe)
    {
        JsonNode settings = overlay.SiloContainer[probe]!;
        TimeSpan limit = TimeSpan.FromSeconds((long)settings["periodSeconds"]! * (long)settings["failureThreshold"]!);
        for (long begin = TimeProvider.System.GetTimestamp(); (await ProbeAsync(overlay, probe)).Status != 200;)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < limit, string.Create(CultureInfo.InvariantCulture, $"{probe} did not pass within {limit}: {Output}"));
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Ends it as the kubelet does, and waits.</summary>
    public Task StopAsync() => _process.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
    }

    private static string? ValueOf(Rendering overlay, string pod, JsonObject variable) => (variable["value"], variable["valueFrom"]) switch
    {
        ({ } value, _) => value.ToString(),
        (_, { } from) when from["fieldRef"]?["fieldPath"]?.ToString() == "metadata.name" => pod,
        (_, { } from) when from["fieldRef"]?["fieldPath"]?.ToString() == "status.podIP" => "127.0.0.1",
        (_, { } from) when from["secretKeyRef"] is { } secret => overlay.All("Secret").FirstOrDefault(one => Rendering.Name(one) == secret["name"]!.ToString())?["stringData"]?[secret["key"]!.ToString()]?.ToString(),
        _ => throw new NotSupportedException(variable.ToJsonString()),
    };

    [GeneratedRegex(@"answers /metrics and /healthz on (http://[^""\s]+)")]
    private static partial Regex Answers();
}
