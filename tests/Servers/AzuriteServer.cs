using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace NSft.Tests.Servers;

/// <summary>Azurite's blob service on a free port of this machine, with a folder and an account of its own.</summary>
public sealed partial class AzuriteServer : IAsyncDisposable
{
    /// <summary>Name of its account.</summary>
    public const string Account = "nsfttest";

    // It hears the request to end a little after it says that it listens; asked before, it would die without writing what it has in memory.
    private const string SayWhenItHears = "data:text/javascript,process.on('newListener',name=>name==='SIGTERM'&&console.log('hears SIGTERM'))";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nsft-azurite-");
    private ServerProcess? _server;

    private AzuriteServer()
    {
    }

    /// <summary>Its port, the same after a restart.</summary>
    public int Port { get; private set; }

    /// <summary>Key of the account.</summary>
    public string AccountKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));

    /// <summary>Address of the account.</summary>
    public Uri AccountUri => EndpointAt(Port);

    /// <summary>For <c>Storage:ConnectionString</c>.</summary>
    public string ConnectionString => ConnectionStringAt(Port);

    /// <summary>Starts one.</summary>
    public static async Task<AzuriteServer> StartAsync()
    {
        AzuriteServer azurite = new();
        await azurite.RestartAsync();
        return azurite;
    }

    /// <summary>The connection string by way of another port, as a proxy's.</summary>
    public string ConnectionStringAt(int port) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};BlobEndpoint={EndpointAt(port).ToString().TrimEnd('/')};";

    /// <summary>Ends it; what it stored stays for <see cref="RestartAsync"/>.</summary>
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            // It keeps its index in memory and writes it when it is asked to end.
            await _server.StopAsync();
            await _server.DisposeAsync();
            _server = null;
        }
    }

    /// <summary>Starts it, again on the same port with what it stored.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        (_server, _) = await ServerProcess.StartAsync(
            "node",
            ["--import", SayWhenItHears, NodeTools.Program("azurite-blob"), "--blobHost", "127.0.0.1", "--blobPort", Port.ToString(CultureInfo.InvariantCulture), "--location", _folder.FullName,
             "--skipApiVersionCheck", "--disableTelemetry", "--silent"],
            HearsLine(),
            new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = $"{Account}:{AccountKey}" });
        Port = int.Parse(PortLine().Match(_server.Output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Ends it and deletes what it stored.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    private static Uri EndpointAt(int port) => new($"http://127.0.0.1:{port}/{Account}");

    [GeneratedRegex(@"successfully listens on http://127\.0\.0\.1:(\d+)")]
    private static partial Regex PortLine();

    [GeneratedRegex("^hears SIGTERM$")]
    private static partial Regex HearsLine();
}
