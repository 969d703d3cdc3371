using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Processes;

namespace NSft.Client.Commands;

/// <summary><c>nsft down</c>: ends the silo processes of a state directory.</summary>
internal static class DownCommand
{
    private const int DefaultPatience = 60;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<string?> state = StateDirectory.Option();
        Option<bool> now = new("--now") { Description = "End them at once; a run's step in flight is lost" };
        Option<int> wait = SharedOptions.Count("--wait", DefaultPatience, "Seconds they may take to let their workers leave before they are killed", least: 0);
        Option<bool> json = SharedOptions.Json();
        Command command = new("down", "End all silos of a cluster: first by asking, then at once") { state, now, wait, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            StateChoice choice = StateDirectory.Resolve(parsed.GetValue(state));
            SiloFleet fleet = new(choice.Path);
            IReadOnlyList<SiloRecord> silos = fleet.Records.Living();
            TimeSpan patience = parsed.GetValue(now) ? TimeSpan.Zero : TimeSpan.FromSeconds(parsed.GetValue(wait));
            IReadOnlyList<string> killed = await fleet.EndAsync(silos, patience, Tell, cancellation).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                ConsoleOutput.WriteJson(new { State = choice.Path, Ended = silos.Select(silo => silo.Name), Killed = killed });
                return ExitCodes.Success;
            }

            string forced = killed.Count == 0 ? "" : $", by force: {string.Join(", ", killed)}";
            ConsoleOutput.WriteLine(silos.Count == 0
                ? $"{choice.Path} ({choice.Origin}): no silo runs"
                : string.Create(CultureInfo.InvariantCulture, $"{choice.Path} ({choice.Origin}): {silos.Count} silos ended{forced}"));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Tell(IReadOnlyList<string> left) => Console.Error.WriteLine($"nsft: waiting for {string.Join(", ", left)}");
}
