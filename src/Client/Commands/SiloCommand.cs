using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSft.Client.Parsing;
using NSft.Client.Processes;
using NSft.Client.Silos;
using NSft.Grains.Hosting;
using NSft.Grains.Hosting.Settings;
using NSft.Grains.Hosting.StateDirectory;
using NSft.Silo;
using NSft.Silo.Health;
using NSft.Silo.Logging;

namespace NSft.Client.Commands;

/// <summary><c>nsft silo</c>: one silo process in the foreground.</summary>
internal static class SiloCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<string?> state = StateDirectory.Option();
        SiloOptions offer = new("Answer /metrics and /healthz/* on this port, or 0 for a free one (default: Http__Port, or not at all)");
        Option<string?> name = SharedOptions.Optional("--name", "Name of the silo (default: the lowest free silo-N)");
        Option<string?> log = SharedOptions.Optional("--log", "Append the log to this file instead of standard error");
        Option<int> tie = new("--tie") { Hidden = true, Description = "End with the process of this number, which must be the parent" };
        LongCommand command = new("silo", "Run one silo of a cluster in the foreground; SIGTERM or Ctrl-C lets its workers leave first") { state, name, log, tie };
        offer.AddTo(command);
        command.SetAction(async parsed =>
        {
            if (parsed.GetValue(tie) is int parent and > 0 && !NativeProcess.EndWithParent(parent))
            {
                return ExitCodes.Interrupted;
            }

            StateChoice choice = StateDirectory.Resolve(parsed.GetValue(state));
            SiloSettings settings = offer.Read(parsed);
            StateDirectory.Make(choice);
            string? logPath = parsed.GetValue(log) is string path ? Path.GetFullPath(InputPath.Writable(log.Name, path)) : null;
            NSftConfiguration given = NSftConfiguration.Read(ConsoleConfiguration.Load());
            settings.ToConfiguration(choice.Path, null, given).Ensure();
            await RunAsync(choice, settings, given, parsed.GetValue(name), logPath).ConfigureAwait(false);
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task RunAsync(StateChoice choice, SiloSettings settings, NSftConfiguration given, string? name, string? log)
    {
        SiloRecords records = new(choice.Path);
        SiloRecord record = await records.TakeNameAsync(name, taken => Task.FromResult(Record(records, taken, settings, log)), CancellationToken.None).ConfigureAwait(false);
        SiloHealth health = new();
        Uri? http = null;
        try
        {
            using StopSignals signals = new(() => records.Remove(record));
            await using StreamWriter? file = log is null ? null : OpenLog(log);
            using SiloJournal journal = new(file ?? Console.Error, record.Name, settings.LogFormat, TimeProvider.System);
            journal.Say(string.Create(CultureInfo.InvariantCulture,
                $"joins the cluster of {choice.Path} ({choice.Origin}), {settings.WorkersPerSilo} CPU slots{(settings.Cuda ? " and the GPUs" : "")}, process {Environment.ProcessId}"));
            await using SiloHttpServer? server = await ListenAsync(settings.Http, health, journal, signals.Asked).ConfigureAwait(false);
            http = server?.Address;
            SiloLoop loop = new(stop => StartAsync(() => BuildHost(settings.ToConfiguration(choice.Path, record.Name, given), journal), health, stop), Tell, journal, TimeProvider.System);
            await loop.RunAsync(signals.Asked).ConfigureAwait(false);
        }
        finally
        {
            records.Remove(record);
        }

        void Tell(SiloChange change)
        {
            if (change.Silo is null)
            {
                health.Left();
            }
            else if (change.IsDraining)
            {
                health.Draining();
            }

            records.Write(record with
            {
                Silo = change.Silo,
                State = change.Silo is null ? SiloProcessState.Starting : change.IsDraining ? SiloProcessState.Draining : SiloProcessState.Active,
                Http = http,
            });
        }
    }

    private static async Task<SiloHttpServer?> ListenAsync(HttpOptions options, SiloHealth health, SiloJournal journal, CancellationToken stop)
    {
        if (options.Port is null)
        {
            return null;
        }

        SiloHttpServer server = await SiloHttpServer.StartAsync(options, health, [journal], stop).ConfigureAwait(false);
        journal.Say($"answers /metrics and /healthz on {server.Address}");
        return server;
    }

    private static async Task<IHost> StartAsync(Func<IHost> build, SiloHealth health, CancellationToken stop)
    {
        IHost host = await SiloStart.StartAsync(build, stop).ConfigureAwait(false);
        health.Joined(host.Services);
        return host;
    }

    /// <summary>A process that was started for this name is recorded already, with its log.</summary>
    private static SiloRecord Record(SiloRecords records, string name, SiloSettings settings, string? log)
    {
        ProcessIdentity self = ProcessIdentity.Current;
        return records.Living().FirstOrDefault(record => record.Name == name && record.Process == self) ?? new SiloRecord
        {
            Name = name,
            Process = self,
            WorkersPerSilo = settings.WorkersPerSilo,
            Cuda = settings.Cuda,
            Log = log,
            StartedAt = TimeProvider.System.GetUtcNow(),
        };
    }

    private static IHost BuildHost(NSftConfiguration configuration, SiloJournal journal)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(journal).SetMinimumLevel(LogLevel.Warning).AddFilter("NSft", LogLevel.Information);

        // Signals are the process's to hear, which outlives its hosts.
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, SilentLifetime>());
        SiloHost.Add(builder, configuration);
        return builder.Build();
    }

    private static StreamWriter OpenLog(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new StreamWriter(path, append: true);
    }
}
