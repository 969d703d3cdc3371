// A silo as a process of its own: Cluster.Silo DIRECTORY. Says "ready ADDRESS" for each life; ends when its input ends.
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSft.Grains.Hosting;
using NSft.Grains.Hosting.StateDirectory;
using Orleans.Runtime;

var isAsked = false;
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Volatile.Write(ref isAsked, true));
_ = Task.Run(() =>
{
    while (Console.In.Read() >= 0)
    {
    }

    Environment.Exit(1);
});
while (!Volatile.Read(ref isAsked))
{
    using var host = await SiloStart.StartAsync(() =>
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Information);
        builder.UseOrleans(silo =>
        {
            silo.UseStateDirectory(args[0]);
            silo.AddNSft();
        });
        return builder.Build();
    });
    var silo = host.Services.GetRequiredService<ILocalSiloDetails>();
    Console.WriteLine($"ready {silo.SiloAddress.ToParsableString()}");
    await host.WaitForShutdownAsync();
}
