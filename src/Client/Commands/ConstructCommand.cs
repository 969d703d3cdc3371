using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Data.Construction;
using NSft.Grains.Hosting;

namespace NSft.Client.Commands;

/// <summary><c>nsft construct</c>: corrective conversations from preference rows.</summary>
internal static class ConstructCommand
{
    private static readonly ConstructionOptions Defaults = new();

    private static readonly Option<string> DataOption = SharedOptions.Required(
        "--data", "Preference rows {id?, image, question, chosen, rejected}, JSON array or lines");

    private static readonly Option<string?> ImagesOption = SharedOptions.Optional("--images", "Folder of the images, to check that they are there");

    private static readonly Option<string> LexiconOption = SharedOptions.WithDefault(
        "--lexicon", Lexicon.Default, "Words of the world: a name that comes with NSft, or a file");

    private static readonly Option<string?> CodebookOption = SharedOptions.Optional("--codebook", "Vision error codebook (default: the one that comes with NSft)");

    private static readonly Option<int> TurnsOption = SharedOptions.Count("--turns", Defaults.TurnCount, "Turns of a conversation at most");

    private static readonly Option<ulong> SeedOption = SharedOptions.WithDefault("--seed", Defaults.Seed, "Seed of choices that the texts leave open");

    private static readonly Option<bool> StrictOption = new("--strict") { Description = "Make rows that cannot be used an error" };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<string> constructor = SharedOptions.OneOf("--constructor", RuleConstructor.Name, "Who constructs", RuleConstructor.Name);
        Option<string> output = SharedOptions.Required("--out", "LLaVA conversation JSON to write");
        Option<int> silos = SharedOptions.Count("--silos", 2, "Silos that share the work; the result does not depend on it");
        Option<bool> json = SharedOptions.Json();
        Command command = new("construct", "Turn rejected answers into corrective questions and answers")
        {
            DataOption, constructor, output, ImagesOption, LexiconOption, CodebookOption, TurnsOption, SeedOption, StrictOption, silos, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            ConstructionSettings settings = Read(parsed);
            string path = InputPath.Writable(output.Name, parsed.GetRequiredValue(output));
            await using LocalCluster cluster = await LocalCluster.StartAsync(parsed.GetValue(silos), cancellation);
            ConstructionOutcome outcome = await ConstructionRun.ConstructAsync(cluster, settings, path, cancellation);
            RowProblemList.Write(outcome.Problems);
            Write(outcome, path, parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static ConstructionSettings Read(ParseResult parsed) => new()
    {
        DataPath = InputPath.File(DataOption.Name, parsed.GetRequiredValue(DataOption)),
        ImageDirectory = parsed.GetValue(ImagesOption) is string folder ? InputPath.Folder(ImagesOption.Name, folder) : null,
        Lexicon = parsed.GetRequiredValue(LexiconOption),
        CodebookPath = parsed.GetValue(CodebookOption) is string file ? InputPath.File(CodebookOption.Name, file) : null,
        Options = Defaults with
        {
            TurnCount = parsed.GetValue(TurnsOption),
            Seed = parsed.GetValue(SeedOption),
            BlockSize = ConstructionSettings.DefaultBlockSize,
        },
        Strict = parsed.GetValue(StrictOption),
    };

    private static void Write(ConstructionOutcome outcome, string path, bool asJson)
    {
        ConstructionSummary summary = outcome.Summary;
        if (asJson)
        {
            ConsoleOutput.WriteJson(new
            {
                Out = path,
                Pairs = summary.PairCount,
                Conversations = summary.PairCount - summary.PairsWithoutTurns,
                Turns = summary.TurnCount,
                summary.MeanTurns,
                summary.YesShare,
                summary.ErrorsByKind,
                summary.TurnsByCode,
                summary.TurnsByPolarity,
                summary.TurnsByKind,
                summary.PairsWithoutErrors,
                SkippedRows = summary.UnusableRowCount,
                Silos = outcome.Silos.Count,
                Seconds = outcome.Duration.TotalSeconds,
            });
            return;
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{path}: {summary.TurnCount} turns for {summary.PairCount - summary.PairsWithoutTurns} of {summary.PairCount} pairs, {summary.YesShare:P0} answered yes, by {outcome.Silos.Count} silos in {outcome.Duration.TotalSeconds:0.0} s"));
        Console.Out.WriteLine("errors found: " + string.Join(", ", summary.ErrorsByKind.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key} {kind.Value}"))));
    }
}
