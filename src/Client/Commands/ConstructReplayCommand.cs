using System.CommandLine;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Grains.Hosting;

namespace NSft.Client.Commands;

/// <summary><c>nsft construct replay</c>: tries the dead letters of a construction again and writes its result anew.</summary>
internal static class ConstructReplayCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        PaceArguments pace = new();
        Option<string> output = SharedOptions.Required("--out", "Corrective file whose dead letters are tried again; it is written anew");
        Option<string?> work = SharedOptions.Optional("--work", "Folder of the job, if it was named (default: --out with .work behind it)");
        Option<int> silos = ConstructCommand.SiloCount();
        Option<string?> state = ConstructCommand.State();
        Option<bool> json = SharedOptions.Json();
        LongCommand command = new("replay", "Try pairs again that could not be answered, with the settings of their job") { output, work };
        pace.AddTo(command);
        foreach (Option option in new Option[] { silos, state, json })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, _) =>
        {
            string path = InputPath.File(output.Name, parsed.GetRequiredValue(output));
            ConstructionSettings Change(ConstructionSettings settings) =>
                settings with { Chat = settings.Chat is null ? null : pace.Apply(parsed, settings.Chat) };
            return ConstructionEnd.TellAsync(path, parsed.GetValue(json), cancellation => ConstructCommand.OnClusterAsync(
                parsed.GetValue(state),
                parsed.GetValue(silos),
                cluster => ConstructionRun.ReplayAsync(cluster, path, parsed.GetValue(work), Change, cancellation),
                cancellation));
        });
        return command;
    }
}
