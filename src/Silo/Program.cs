using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSft.Grains.Hosting;
using NSft.Grains.Hosting.Settings;
using NSft.Silo;
using NSft.Silo.Health;
using NSft.Silo.Logging;

try
{
    var builder = Host.CreateApplicationBuilder(args);
    var configuration = NSftConfiguration.Read(builder.Configuration);
    using var journal = new SiloJournal(Console.Out, configuration.Silo.Name ?? Environment.MachineName, LogOptions.Format(builder.Configuration), TimeProvider.System);
    builder.Logging.ClearProviders().AddProvider(journal).SetMinimumLevel(LogLevel.Warning);
    if (builder.Configuration["Logging:LogLevel:NSft"] is null)
    {
        builder.Logging.AddFilter("NSft", LogLevel.Information);
    }

    SiloHost.Add(builder, configuration);
    using var host = builder.Build();
    await SiloApplication.RunAsync(host, builder.Configuration.GetSection(HttpOptions.Section).Get<HttpOptions>() ?? new HttpOptions(), new SiloHealth());
    return 0;
}
#pragma warning disable CA1031 // The end of the process: whatever keeps a silo from starting is told in one line and by the exit code.
catch (Exception exception)
#pragma warning restore CA1031
{
    await Console.Error.WriteLineAsync($"nsft-silo: {exception.Message}");
    return 1;
}
