using System.Text.Json;
using NSft.Client.Processes;
using NSft.Client.Tests;
using NSft.Tests.Servers;

namespace NSft.Deployment.Tests.Monitoring;

/// <summary>Silo processes with an object store, and a Prometheus that scrapes them with the rules of the manifest.</summary>
internal sealed class MonitoredCluster : IAsyncDisposable
{
    /// <summary>The job that the ServiceMonitor gives to silos.</summary>
    public const string Job = "nsft-silo";

    private readonly AzuriteServer _store;
    private PrometheusServer? _prometheus;

    private MonitoredCluster(AzuriteServer store)
    {
        _store = store;
        Configuration = Silos.Write("config.json", JsonSerializer.Serialize(new { Runs = new { Address = "azblob:runs" }, Storage = new { store.ConnectionString } }));
    }

    public StateCluster Silos { get; } = new();

    /// <summary>For <c>--config</c>: records of runs go to the store.</summary>
    public string Configuration { get; }

    public PrometheusServer Prometheus => _prometheus!;

    /// <summary>Starts silos and Prometheus.</summary>
    public static async Task<MonitoredCluster> StartAsync(int silos, RuleFile rules)
    {
        MonitoredCluster cluster = new(await AzuriteServer.StartAsync());
        try
        {
            await cluster.Silos.JsonAsync("up", "--silos", $"{silos}", "--http-port", "0", "--config", cluster.Configuration);
            string text = await File.ReadAllTextAsync(rules.Path, TestContext.Current.CancellationToken);
            cluster._prometheus = await PrometheusServer.StartAsync(ScrapesOf(cluster.Silos.Silos), text.Replace("interval: 30s", "interval: 1s", StringComparison.Ordinal));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until a query gives what is looked for, and gives that.</summary>
    public async Task<IReadOnlyList<PrometheusSample>> WaitForAsync(string query, Func<IReadOnlyList<PrometheusSample>, bool> isReached)
    {
        IReadOnlyList<PrometheusSample> samples = [];
        await Eventually.IsTrueAsync(async () => isReached(samples = await Prometheus.QueryAsync(query)), () => $"{query}: {Text(samples)}");
        return samples;
    }

    public async ValueTask DisposeAsync()
    {
        if (_prometheus is not null)
        {
            await _prometheus.DisposeAsync();
        }

        await Silos.DisposeAsync();
        await _store.DisposeAsync();
    }

    /// <summary>A result in a message.</summary>
    public static string Text(IEnumerable<PrometheusSample> samples) =>
        string.Join(", ", samples.Select(sample => $"{{{string.Join(", ", sample.Labels.Select(label => $"{label.Key}={label.Value}"))}}} {sample.Value}"));

    /// <summary>Each silo as a target with the labels that it has in Kubernetes.</summary>
    private static string ScrapesOf(IEnumerable<SiloRecord> silos) =>
        $"""
        global:
          scrape_interval: 1s
          scrape_timeout: 1s
          evaluation_interval: 1s
        rule_files: [rules.yaml]
        scrape_configs:
          - job_name: {Job}
            static_configs:
        {string.Join('\n', silos.Select(silo => $"      - {{ targets: ['{silo.Http!.Authority}'], labels: {{ namespace: nsft, pod: {silo.Name} }} }}"))}
        """;
}
