using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using NSft.Grains.Hosting;
using NSft.Silo;
using NSft.Silo.Health;

try
{
    var builder = Host.CreateApplicationBuilder(args);
    SiloHost.Add(builder);
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
