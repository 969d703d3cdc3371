using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NSft.Grains.Hosting.Settings;

/// <summary>Says once what a silo goes by, before it joins. Event ids 100 to 109.</summary>
/// <param name="configuration">What it goes by.</param>
/// <param name="logger">Takes the line.</param>
internal sealed partial class SettingsLog(NSftConfiguration configuration, ILogger<SettingsLog> logger) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            Say(logger, ResolvedSettings.Of(configuration));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(100, LogLevel.Information, "Settings: {Settings}")]
    private static partial void Say(ILogger logger, string settings);
}
