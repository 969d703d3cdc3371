using Microsoft.Extensions.Logging;
using NSft.Silo.Health;
using NSft.Silo.Logging;

namespace NSft.Silo.Tests;

/// <summary>The HTTP side of a silo, on a free port, and a client of it.</summary>
internal sealed class ListeningSilo : IAsyncDisposable
{
    private readonly SiloHttpServer _server;
    private readonly HttpClient _client;
    private readonly StringWriter _log;

    private ListeningSilo(SiloHttpServer server, SiloHealth health, StringWriter log)
    {
        _server = server;
        _log = log;
        Health = health;
        _client = new HttpClient { BaseAddress = server.Address };
    }

    public SiloHealth Health { get; }

    public Uri Address => _server.Address;

    public string Log => _log.ToString();

    public static async Task<ListeningSilo> StartAsync(params string[] meters)
    {
        StringWriter log = new();
        SiloHealth health = new();
        ILoggerProvider journal = new SiloJournal(log, "silo-1", LogFormat.Text, TimeProvider.System);
        SiloHttpServer server = await SiloHttpServer.StartAsync(new HttpOptions { Port = 0, Meters = meters }, health, [journal], TestContext.Current.CancellationToken);
        return new ListeningSilo(server, health, log);
    }

    public async Task<(int Status, string Text)> GetAsync(string path)
    {
        using HttpResponseMessage response = await _client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The samples of the endpoint by name and labels, as written.</summary>
    public async Task<Dictionary<string, string>> ScrapeAsync()
    {
        (int status, string text) = await GetAsync("/metrics");
        Assert.Equal(200, status);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')
            .ToDictionary(line => line[..line.LastIndexOf(' ')], line => line[(line.LastIndexOf(' ') + 1)..]);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        await _log.DisposeAsync();
    }
}
