using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Processes;

namespace NSft.Client.Commands;

/// <summary><c>nsft up</c>: silo processes that outlive the console.</summary>
internal static class UpCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<int> silos = SharedOptions.Count("--silos", 1, "Silo processes that shall run; those that are missing are started");
        SiloOptions offer = new("Answer /metrics and /healthz/* on this port, each next silo on the next one, or 0 for free ones (default: Http__Port, or not at all)");
        Option<string?> state = StateDirectory.Option();
        Option<bool> json = SharedOptions.Json();
        Command command = new("up", "Start the silos of a cluster in the background; again to add what is missing") { silos, state, json };
        offer.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            StateChoice choice = StateDirectory.Resolve(parsed.GetValue(state));
            SiloSettings settings = offer.Read(parsed);
            StateDirectory.Make(choice);
            SiloFleet fleet = new(choice.Path);
            int started = await fleet.RaiseAsync(parsed.GetValue(silos), settings, cancellation).ConfigureAwait(false);
            IReadOnlyList<SiloRecord> living = fleet.Records.Living();
            if (parsed.GetValue(json))
            {
                ConsoleOutput.WriteJson(new { State = choice.Path, Started = started, Silos = living.Select(SiloJson.Of) });
                return ExitCodes.Success;
            }

            SiloTable.Write(living);
            ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{choice.Path} ({choice.Origin}): {living.Count} silos run, {started} of them new. nsft train --detach starts a run on them, nsft down ends them."));
            return ExitCodes.Success;
        });
        return command;
    }
}
