using System.CommandLine;
using System.Globalization;
using NSft.Client.Clusters;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Processes;
using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using Spectre.Console;

namespace NSft.Client.Commands;

/// <summary><c>nsft silos</c>: processes, devices and the workers that have them.</summary>
internal static class SilosCommand
{
    private const double Gibibyte = 1L << 30;

    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(8);

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<string?> state = StateDirectory.Option();
        Option<bool> json = SharedOptions.Json();
        Command command = new("silos", "List the silos of a cluster, their devices and the workers on them") { state, json };
        command.Aliases.Add("ps");
        command.SetAction(async (parsed, cancellation) =>
        {
            StateChoice choice = StateDirectory.ResolveCluster(parsed.GetValue(state));
            IReadOnlyList<SiloRecord> records = choice.Network is null ? new SiloRecords(choice.Path).Living() : [];
            IReadOnlyList<SiloLine> lines = SiloLine.Join(records, records.Count == 0 && choice.Network is null ? [] : await AskFleetAsync(choice, cancellation).ConfigureAwait(false));
            if (parsed.GetValue(json))
            {
                ConsoleOutput.WriteJson(new { State = choice.Name, Silos = lines.Select(Json) });
            }
            else
            {
                Write(lines, choice);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>A fleet that does not answer is no reason to hide the processes.</summary>
    private static async Task<SiloDevices[]> AskFleetAsync(StateChoice choice, CancellationToken cancellation)
    {
        try
        {
            await using ClusterConnection connection = await ClusterConnection.OpenAsync(choice, cancellation, LongestSilence).ConfigureAwait(false);
            return await connection.CallAsync(() => connection.Fleet.GetSilosAsync(), cancellation).ConfigureAwait(false);
        }
        catch (UserInputException error)
        {
            await Console.Error.WriteLineAsync($"nsft: devices and workers are unknown: {error.Message}").ConfigureAwait(false);
            return [];
        }
    }

    private static object Json(SiloLine line) => new
    {
        line.Name,
        line.Pid,
        line.State,
        line.Silo,
        Devices = line.Devices.Select(device => new { device.Index, device.Kind, device.MemoryBytes, Worker = device.WorkerKey }),
    };

    private static void Write(IReadOnlyList<SiloLine> lines, StateChoice choice)
    {
        if (lines.Count == 0)
        {
            ConsoleOutput.WriteLine($"{choice.Name} ({choice.Origin}): no silo runs{(choice.Network is null ? "; nsft up --silos N starts some" : "")}");
            return;
        }

        Table table = new Table().Border(TableBorder.Rounded).AddColumns("name", "process", "state", "silo", "device", "worker");
        foreach (SiloLine line in lines)
        {
            string[] head = [Markup.Escape(line.Name), line.Pid?.ToString(CultureInfo.InvariantCulture) ?? "-", line.State, Markup.Escape(line.Silo ?? "-")];
            if (line.Devices.Count == 0)
            {
                table.AddRow([.. head, "-", "-"]);
            }

            foreach (DeviceSlot device in line.Devices)
            {
                table.AddRow([.. head, DeviceText(device), Markup.Escape(device.WorkerKey ?? "free")]);
                head = ["", "", "", ""];
            }
        }

        ConsoleOutput.WriteTable(table);
    }

    private static string DeviceText(DeviceSlot device) => device.MemoryBytes == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{device.Kind}:{device.Index}")
        : string.Create(CultureInfo.InvariantCulture, $"{device.Kind}:{device.Index}, {device.MemoryBytes / Gibibyte:0.0} GiB");
}
