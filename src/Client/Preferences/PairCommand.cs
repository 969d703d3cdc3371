using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Data;
using NSft.Data.Preferences;
using NSft.Data.Sampling;

namespace NSft.Client.Preferences;

/// <summary><c>nsft pair</c>: preference rows of sampled, corrupted, criticised or rated answers.</summary>
internal static class PairCommand
{
    /// <summary>The verb.</summary>
    public static Command Create() => new("pair", "Make preference rows of a model's own answers")
    {
        GroundTruth(),
        Corruption(),
        Critique(),
        PairJudgedCommand.Create(),
    };

    /// <summary>Writes pairs and says what became of the prompts.</summary>
    internal static int Write(string path, IEnumerable<PreferencePair> pairs, PairTally tally, bool asJson)
    {
        PreferenceWriter.Write(path, pairs);
        Report(path, tally, "pairs", asJson);
        return ExitCodes.Success;
    }

    /// <summary>Says what became of the prompts.</summary>
    internal static void Report(string path, PairTally tally, string what, bool asJson)
    {
        if (asJson)
        {
            ConsoleOutput.WriteJson(new { Out = path, Rows = tally.PairCount, Prompts = tally.PromptCount, tally.PromptsWithPairs, tally.Dropped });
            return;
        }

        string dropped = tally.Dropped.Count == 0
            ? ""
            : "; dropped: " + string.Join(", ", tally.Dropped.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value}")));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{path}: {tally.PairCount} {what} of {tally.PromptsWithPairs} of {tally.PromptCount} prompts{dropped}"));
    }

    private static Command GroundTruth()
    {
        Option<string> samples = SharedOptions.Required("--samples", "Completions of prompts that have a true answer (nsft sample)");
        Option<int> most = SharedOptions.Count("--per-prompt", 1, "Pairs of one prompt at most");
        Option<string> output = Output();
        Option<bool> json = SharedOptions.Json();
        Command command = new("gt", "The true answer is chosen, the model's own answer is rejected") { samples, most, output, json };
        command.SetAction(parsed =>
        {
            PairTally tally = new();
            IEnumerable<CompletionRow> rows = CompletionInput.Read(samples.Name, parsed.GetRequiredValue(samples));
            string path = InputPath.Writable(output.Name, parsed.GetRequiredValue(output));
            return Write(path, GroundTruthPairs.Make(rows, parsed.GetValue(most), tally), tally, parsed.GetValue(json));
        });
        return command;
    }

    private static Command Corruption()
    {
        Option<string> clean = SharedOptions.Required("--clean", "Completions about the images as they are");
        Option<string> corrupted = SharedOptions.Required("--corrupted", "Completions of the same prompts about corrupted images (nsft sample --noise-step)");
        Option<string> output = Output();
        Option<bool> json = SharedOptions.Json();
        Command command = new("seva", "The answer about the clean image is chosen, the one about the corrupted image is rejected") { clean, corrupted, output, json };
        command.SetAction(parsed =>
        {
            PairTally tally = new();
            IEnumerable<CompletionRow> first = CompletionInput.Read(clean.Name, parsed.GetRequiredValue(clean));
            IEnumerable<CompletionRow> second = CompletionInput.Read(corrupted.Name, parsed.GetRequiredValue(corrupted));
            string path = InputPath.Writable(output.Name, parsed.GetRequiredValue(output));
            return Write(path, CorruptionPairs.Make(first, second, tally), tally, parsed.GetValue(json));
        });
        return command;
    }

    private static Command Critique()
    {
        Option<string> critiques = SharedOptions.Required("--critiques", "Two answers a prompt with the critic's verdict (nsft critique)");
        Option<string> output = Output();
        Option<bool> json = SharedOptions.Json();
        Command command = new("sima", "The answer that the model's own critique prefers is chosen") { critiques, output, json };
        command.SetAction(parsed =>
        {
            PairTally tally = new();
            IEnumerable<CritiqueRow> rows = CritiqueFile.Read(InputPath.File(critiques.Name, parsed.GetRequiredValue(critiques)));
            string path = InputPath.Writable(output.Name, parsed.GetRequiredValue(output));
            return Write(path, CritiquePairs.Make(rows, tally), tally, parsed.GetValue(json));
        });
        return command;
    }

    private static Option<string> Output() => SharedOptions.Required("--out", "Preference rows to write");
}
