using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NSft.Tests.Servers;

/// <summary>Prometheus on a free port of this machine, with a folder of its own.</summary>
public sealed partial class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly DirectoryInfo _folder;
    private readonly ServerProcess _server;
    private readonly HttpClient _http;

    private PrometheusServer(DirectoryInfo folder, ServerProcess server, HttpClient http) => (_folder, _server, _http) = (folder, server, http);

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="configuration">Its configuration.</param>
    /// <param name="rules">Rules, as the file <c>rules.yaml</c> beside the configuration.</param>
    /// <exception cref="InvalidOperationException">It ended, or did not become ready; with what it wrote.</exception>
    public static async Task<PrometheusServer> StartAsync(string configuration, string rules)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nsft-prometheus-");
        string file = Path.Combine(folder.FullName, "prometheus.yaml");
        await File.WriteAllTextAsync(file, configuration);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "rules.yaml"), rules);
        (ServerProcess server, Match listening) = await ServerProcess.StartAsync(
            "prometheus",
            [$"--config.file={file}", $"--storage.tsdb.path={Path.Combine(folder.FullName, "data")}", "--web.listen-address=127.0.0.1:0"],
            ListeningLine());
        PrometheusServer prometheus = new(folder, server, new HttpClient { BaseAddress = new Uri($"http://{listening.Groups[1].Value}/") });
        await prometheus.WaitUntilReadyAsync();
        return prometheus;
    }

    /// <summary>What a query gives now.</summary>
    /// <param name="expression">The query; its result must be a vector or a scalar.</param>
    /// <exception cref="InvalidOperationException">Prometheus refuses it; with its reason.</exception>
    public async Task<IReadOnlyList<PrometheusSample>> QueryAsync(string expression)
    {
        JsonElement data = await GetAsync($"query?query={Uri.EscapeDataString(expression)}");
        JsonElement result = data.GetProperty("result");
        return data.GetProperty("resultType").GetString() == "scalar"
            ? [new PrometheusSample(new Dictionary<string, string>(), Number(result))]
            : [.. result.EnumerateArray().Select(series => new PrometheusSample(
                series.GetProperty("metric").EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!),
                Number(series.GetProperty("value"))))];
    }

    /// <summary>Part of its HTTP API: <c>rules</c>, <c>alerts</c>, <c>targets</c>.</summary>
    /// <returns>The answer's <c>data</c>.</returns>
    /// <exception cref="InvalidOperationException">Prometheus refuses; with its reason.</exception>
    public async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage response = await _http.GetAsync(new Uri($"api/v1/{path}", UriKind.Relative));
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return response.IsSuccessStatusCode
            ? answer.RootElement.GetProperty("data").Clone()
            : throw new InvalidOperationException($"{Uri.UnescapeDataString(path)}: {answer.RootElement}");
    }

    /// <summary>Ends it and deletes what it stored.</summary>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task WaitUntilReadyAsync()
    {
        long begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using HttpResponseMessage response = await _http.GetAsync(new Uri("-/ready", UriKind.Relative));
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            if (TimeProvider.System.GetElapsedTime(begin) > ReadyLimit)
            {
                string output = _server.Output;
                await DisposeAsync();
                throw new InvalidOperationException($"prometheus is not ready: {output}");
            }

            await Task.Delay(Pause);
        }
    }

    /// <summary>A value as the API writes it: a moment and a text.</summary>
    private static double Number(JsonElement pair) => pair[1].GetString() switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        string text => double.Parse(text, CultureInfo.InvariantCulture),
        null => double.NaN,
    };

    [GeneratedRegex("msg=\"Listening on\" address=(\\S+)")]
    private static partial Regex ListeningLine();
}
