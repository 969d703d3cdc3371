using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSft.Collectives;
using NSft.Grains.Instruments;
using NSft.Silo.Health;
using NSft.Silo.Measurements;
using Prometheus;

namespace NSft.Silo;

/// <summary>
/// Answers about a silo process over HTTP from before its silo joins until after it has left, also while it joins again: a host of its own.
/// </summary>
internal sealed class SiloHttpServer : IAsyncDisposable
{
    private const int MostConnections = 256;
    private const int LargestRequestBody = 1024;

    private readonly WebApplication _application;
    private readonly InstrumentExport _export;
    private readonly Func<bool> _isReady;
    private readonly IDisposable _readiness;

    private SiloHttpServer(WebApplication application, InstrumentExport export, SiloHealth health)
    {
        _application = application;
        _export = export;
        _isReady = () => health.Ready().IsHealthy;
        _readiness = SiloInstruments.Report(_isReady);
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts to answer.</summary>
    /// <param name="options">Where; its port is given.</param>
    /// <param name="health">Answers about health.</param>
    /// <param name="logs">Take what the server logs.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="UserInputException">The options cannot be used, or the address is taken.</exception>
    public static async Task<SiloHttpServer> StartAsync(HttpOptions options, SiloHealth health, IEnumerable<ILoggerProvider> logs, CancellationToken cancellation)
    {
        HttpOptionsValidator.Ensure(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        foreach (var log in logs)
        {
            builder.Logging.AddProvider(log);
        }

        builder.Services.AddRoutingCore();
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, SilentLifetime>());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options));
        var application = builder.Build();
        var export = new InstrumentExport(options.Meters, application.Services.GetRequiredService<ILogger<InstrumentExport>>());
        try
        {
            application.UseRouting();
            application.MapHealth(health);
            application.MapMetrics(settings =>
            {
                settings.Registry = export.Registry;
                settings.EnableOpenMetrics = false;
            });
            await application.StartAsync(cancellation);
            return new SiloHttpServer(application, export, health);
        }
        catch (Exception exception)
        {
            export.Dispose();
            await application.DisposeAsync();
            if (exception is IOException or System.Net.Sockets.SocketException)
            {
                throw new UserInputException(string.Create(CultureInfo.InvariantCulture,
                    $"Http:Port {options.Port} on {options.Host}: cannot listen ({exception.Message.TrimEnd('.')}); give another port, or 0 for a free one"), exception);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _readiness.Dispose();
        await _application.DisposeAsync();
        _export.Dispose();
    }

    private static void Listen(KestrelServerOptions kestrel, HttpOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxRequestBodySize = LargestRequestBody;
        var port = options.Port ?? 0;
        if (HttpOptionsValidator.AddressOf(options) is { } address)
        {
            kestrel.Listen(new IPEndPoint(address, port));
        }
        else
        {
            kestrel.ListenAnyIP(port);
        }
    }
}
