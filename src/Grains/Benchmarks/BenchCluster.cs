using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSft.Grains.Hosting;
using NSft.Grains.Hosting.StateDirectory;

namespace NSft.Grains.Benchmarks;

/// <summary>Silo processes of a bench, and the client that talks to them.</summary>
public sealed class BenchCluster : IAsyncDisposable
{
    private const string Ready = "ready";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("nsft-bench-");
    private readonly List<Process> _processes = [];
    private IHost? _client;

    private BenchCluster()
    {
    }

    internal IClusterClient Client => _client!.Services.GetRequiredService<IClusterClient>();

    /// <summary>Addresses of the silos.</summary>
    internal IReadOnlyList<SiloAddress> Silos { get; private set; } = [];

    /// <summary>Starts silo processes.</summary>
    /// <param name="count">How many.</param>
    /// <param name="silo">Makes the start of a process that calls <see cref="RunSiloAsync"/> with the given directory.</param>
    /// <param name="cancellation">Ends the start.</param>
    internal static async Task<BenchCluster> StartAsync(int count, Func<string, ProcessStartInfo> silo, CancellationToken cancellation)
    {
        var cluster = new BenchCluster();
        try
        {
            await cluster.LaunchAsync(count, silo, cancellation);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a silo in this process: says when it is a member, and ends with its input.</summary>
    /// <param name="stateDirectory">The cluster's directory.</param>
    /// <param name="input">The input to watch.</param>
    /// <param name="output">Where to say so.</param>
    /// <param name="cancellation">Ends it as well.</param>
    public static async Task RunSiloAsync(string stateDirectory, TextReader input, TextWriter output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        using var host = await SiloStart.StartAsync(
            () =>
            {
                var builder = Host.CreateEmptyApplicationBuilder(null);
                builder.UseOrleans(silo => silo.UseStateDirectory(stateDirectory).AddNSft());
                return builder.Build();
            },
            cancellation);
        await output.WriteLineAsync(Ready);
        await output.FlushAsync(cancellation);
        await input.ReadToEndAsync(cancellation);
        await host.StopAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_client is { } client)
        {
            await client.StopAsync();
            client.Dispose();
        }

        // A silo ends with its input. The parent's end closes it too, so that no silo outlives the bench.
        foreach (var process in _processes)
        {
            process.StandardInput.Close();
        }

        foreach (var process in _processes)
        {
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _state.Delete(recursive: true);
    }

    private async Task LaunchAsync(int count, Func<string, ProcessStartInfo> silo, CancellationToken cancellation)
    {
        for (var i = 0; i < count; i++)
        {
            var start = silo(_state.FullName);
            start.RedirectStandardInput = true;
            start.RedirectStandardOutput = true;
            _processes.Add(Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start"));
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StartLimit);
        foreach (var process in _processes)
        {
            if (await process.StandardOutput.ReadLineAsync(limit.Token) != Ready)
            {
                throw new InvalidOperationException("a silo process of the bench ended early");
            }
        }

        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client => client.UseStateDirectory(_state.FullName));
        _client = builder.Build();
        await _client.StartAsync(limit.Token);
        var management = Client.GetGrain<IManagementGrain>(0);
        while (Silos.Count < count)
        {
            await Task.Delay(LookPause, limit.Token);
            Silos = [.. (await management.GetHosts(onlyActive: true)).Keys.OrderBy(address => address.ToParsableString(), StringComparer.Ordinal)];
        }
    }
}
