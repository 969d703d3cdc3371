using System.CommandLine;
using NSft.Client.Clusters;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Processes;
using NSft.Collectives;

namespace NSft.Client.Commands;

/// <summary><c>nsft logs</c>: what the silos of a state directory said, also those that are gone.</summary>
internal static class LogsCommand
{
    private const int DefaultLines = 200;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Argument<string?> subject = new("RUN|SILO") { Description = "Name of a silo, or what lines must hold, such as a run's id (default: all)", Arity = ArgumentArity.ZeroOrOne };
        Option<int> lines = SharedOptions.Count("--lines", DefaultLines, "Lines from the end");
        Option<string?> state = StateDirectory.Option();
        Option<bool> json = SharedOptions.Json();
        Command command = new("logs", "Show the logs of silos, merged by time") { subject, lines, state, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            StateChoice choice = StateDirectory.Resolve(parsed.GetValue(state));
            string? wanted = parsed.GetValue(subject);
            string? runId = wanted is null ? null : await RunPlaces.Of(choice.Path).FindIdAsync(wanted, cancellation).ConfigureAwait(false);
            IReadOnlyList<string> found = Read(choice, wanted, runId, parsed.GetValue(lines));
            if (parsed.GetValue(json))
            {
                ConsoleOutput.WriteJson(new { State = choice.Path, Lines = found });
                return ExitCodes.Success;
            }

            foreach (string line in found)
            {
                ConsoleOutput.WriteLine(line);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static IReadOnlyList<string> Read(StateChoice choice, string? subject, string? runId, int lines)
    {
        string folder = SiloLauncher.LogDirectory(choice.Path);
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.log") : [];
        if (files.Length == 0)
        {
            throw new UserInputException($"{folder}: no logs; nsft up starts silos that write some, or name another directory with {StateDirectory.OptionName}");
        }

        string[] names = [.. files.Select(file => Path.GetFileNameWithoutExtension(file))];
        if (subject is not null && names.Contains(subject, StringComparer.Ordinal))
        {
            return ClusterLogs.Merge([File.ReadLines(Path.Combine(folder, subject + ".log"))], filter: null, lines);
        }

        IReadOnlyList<string> found = ClusterLogs.Merge(files.Select(File.ReadLines), runId ?? subject, lines);
        return found.Count > 0 || subject is null
            ? found
            : throw new UserInputException($"{subject}: no silo is called so and no log line holds it; {Hint(subject, names)}");
    }

    private static string Hint(string subject, string[] names) => Suggestion.Nearest(subject, names) is string near
        ? $"did you mean {near}?"
        : $"silos with logs: {string.Join(", ", names.Order(StringComparer.Ordinal))}";
}
