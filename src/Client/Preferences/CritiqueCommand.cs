using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Collectives;
using NSft.Data.Preferences;
using NSft.Data.Sampling;
using NSft.Evaluation.Running;

namespace NSft.Client.Preferences;

/// <summary><c>nsft critique</c>: the model compares two of its own answers with the true one in sight.</summary>
internal static class CritiqueCommand
{
    private static readonly Option<string> FirstOption = SharedOptions.Required("--first", "Completions of prompts that have a true answer, greedy in SIMA (nsft sample)");

    private static readonly Option<string> SecondOption = SharedOptions.Required("--second", "Other completions of the same prompts, sampled in SIMA");

    private static readonly Option<string> PromptOption = SharedOptions.WithDefault(
        "--prompt", CritiquePrompt.Names[0], $"How the critic is asked: {CritiquePrompt.Names[0]}, {CritiquePrompt.Names[1]} for models of few positions, or a file");

    private static readonly Option<string> VerdictOption = SharedOptions.OneOf(
        "--verdict", CritiqueVerdict.FromText, "What counts: the verdict that the critic writes, or the one it finds likelier", CritiqueVerdict.FromText, CritiqueVerdict.FromLikelihood);

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        ModelOptions model = new();
        Option<string> images = SharedOptions.Required("--images", "Folder of the images");
        Option<int> maxNewTokens = SharedOptions.Count("--max-new-tokens", 256, "Longest critique in tokens");
        Option<int> threads = SharedOptions.Count("--threads", Environment.ProcessorCount, "Threads that each load the model");
        Option<string> output = SharedOptions.Required("--out", "Critiques to write");
        Option<bool> json = SharedOptions.Json();
        Command command = new("critique", "Let a model say which of two of its answers is better (SIMA)");
        model.AddTo(command);
        foreach (Option option in new Option[] { FirstOption, SecondOption, images, PromptOption, VerdictOption, maxNewTokens, threads, output, json })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            AnswerOptions options = model.Resolve(parsed, InputPath.Folder(images.Name, parsed.GetRequiredValue(images))) with { ThreadCount = parsed.GetValue(threads) };
            string path = InputPath.Writable(output.Name, parsed.GetRequiredValue(output));
            Critic critic = new(options, CritiquePrompt.Load(parsed.GetRequiredValue(PromptOption)));
            List<Contest> contests = Contests(parsed);
            IReadOnlyList<CritiqueRow> rows = await ConsoleProgress.RunAsync("criticising", "pairs", progress =>
                parsed.GetRequiredValue(VerdictOption) == CritiqueVerdict.FromText
                    ? critic.WriteAsync(contests, parsed.GetValue(maxNewTokens), progress, cancellation)
                    : critic.WeighAsync(contests, progress, cancellation));
            CritiqueFile.Write(path, rows);
            Report(path, rows, parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static List<Contest> Contests(ParseResult parsed)
    {
        string firstPath = parsed.GetRequiredValue(FirstOption);
        string secondPath = parsed.GetRequiredValue(SecondOption);
        Dictionary<string, CompletionRow> seconds = CompletionInput.Read(SecondOption.Name, secondPath).ToDictionary(row => row.Id, StringComparer.Ordinal);
        List<Contest> contests = [];
        foreach (CompletionRow row in CompletionInput.Read(FirstOption.Name, firstPath))
        {
            if (row.Reference is null)
            {
                throw new UserInputException($"{firstPath}: row {row.Row} (id {row.Id}) has no true answer; sample from rows with 'chosen' or 'answer'");
            }

            if (row.Completions.Count > 0 && seconds.GetValueOrDefault(row.Id) is { Completions.Count: > 0 } other)
            {
                contests.Add(new Contest(row, row.Completions[0].Text, other.Completions[0].Text));
            }
        }

        return contests.Count > 0 ? contests : throw new UserInputException($"{secondPath}: no prompt of {firstPath} was answered in it; sample both from the same rows");
    }

    private static void Report(string path, IReadOnlyList<CritiqueRow> rows, bool asJson)
    {
        int[] winners = [.. Enumerable.Range(0, 3).Select(winner => rows.Count(row => row.Winner == winner))];
        if (asJson)
        {
            ConsoleOutput.WriteJson(new { Out = path, Rows = rows.Count, First = winners[1], Second = winners[2], NoVerdict = winners[0] });
            return;
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{path}: {rows.Count} critiques; the first answer is better in {winners[1]}, the second in {winners[2]}, no verdict in {winners[0]}"));
    }
}
