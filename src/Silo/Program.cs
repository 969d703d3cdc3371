using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NSft.Grains.Hosting;
using NSft.Silo;

try
{
    var builder = Host.CreateApplicationBuilder(args);
    var options = builder.Configuration.GetSection(NSftSiloOptions.Section).Get<NSftSiloOptions>() ?? new NSftSiloOptions();
    builder.Services.AddSingleton<IValidateOptions<NSftSiloOptions>, NSftSiloOptionsValidator>();
    builder.Services.AddOptions<NSftSiloOptions>().BindConfiguration(NSftSiloOptions.Section).ValidateOnStart();
    builder.UseOrleans(silo => silo
        .UseLocalhostClustering(
            options.SiloPort,
            options.GatewayPort,
            new IPEndPoint(IPAddress.Loopback, options.PrimaryPort ?? options.SiloPort),
            options.ClusterId,
            options.ClusterId)
        .AddNSft());
    using var host = builder.Build();
    await host.RunAsync();
    return 0;
}
#pragma warning disable CA1031 // The end of the process: whatever keeps a silo from starting is told in one line and by the exit code.
catch (Exception exception)
#pragma warning restore CA1031
{
    await Console.Error.WriteLineAsync($"nsft-silo: {exception.Message}");
    return 1;
}
