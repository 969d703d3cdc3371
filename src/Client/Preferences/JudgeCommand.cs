using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Collectives;
using NSft.Data.Construction;
using NSft.Data.Preferences;
using NSft.Data.Preferences.Judging;
using NSft.Data.Sampling;
using NSft.Grains.Hosting;

namespace NSft.Client.Preferences;

/// <summary><c>nsft judge</c>: rates sampled answers on the five HelpSteer attributes.</summary>
internal static class JudgeCommand
{
    private const string Rules = "rules";
    private const string OpenAi = "openai";

    private static readonly Option<string> JudgeOption = SharedOptions.OneOf(
        "--judge", Rules, "Who rates: rules compare with the true answer by a lexicon, openai asks a chat model", Rules, OpenAi);

    private static readonly Option<string> LexiconOption = SharedOptions.WithDefault("--lexicon", Lexicon.Default, "Words of the world for rules: a name that comes with NSft, or a file");

    private static readonly Option<string?> ImagesOption = SharedOptions.Optional("--images", "Folder of the images, to show them to the chat model");

    private static readonly Option<string?> RubricOption = SharedOptions.Optional("--rubric", "File with the rubric for the chat model (default: the one that comes with NSft)");

    private static readonly Option<int> RepeatOption = SharedOptions.Count("--ratings-per-answer", 1, "Ratings of one answer by the chat model whose mean counts");

    private static readonly Option<double> TemperatureOption = SharedOptions.WithDefault("--temperature", 0.0, "Sampling temperature of the chat model, 0 to 2");

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<string> samples = SharedOptions.Required("--samples", "Completions to rate (nsft sample)");
        Option<string> output = SharedOptions.Required("--out", "Rated answers to write");
        Option<int> silos = SharedOptions.Count("--silos", 1, "Silos that share the requests");
        Option<bool> json = SharedOptions.Json();
        ChatArguments chat = new();
        Command command = new("judge", "Rate answers for helpfulness, correctness, coherence, complexity and verbosity, 0 to 4 each")
        {
            samples, JudgeOption, output, LexiconOption, ImagesOption, RubricOption, RepeatOption, TemperatureOption, silos, json,
        };
        chat.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string path = InputPath.Writable(output.Name, parsed.GetRequiredValue(output));
            bool asksChat = parsed.GetRequiredValue(JudgeOption) == OpenAi;
            JudgeSettings? settings = asksChat ? Settings(parsed, chat) : null;
            IReadOnlyList<CompletionRow> rows = CompletionInput.Read(samples.Name, parsed.GetRequiredValue(samples), settings?.Judge.ImageDirectory);
            IReadOnlyList<RatedRow> rated = await ConsoleProgress.RunAsync("judging", "prompts", progress => settings is null
                ? RateAsync(new RuleJudge(VisionErrorCodebook.Load(), Lexicon.Load(parsed.GetRequiredValue(LexiconOption))), rows, new CountProgress(progress, rows.Count), cancellation)
                : AskAsync(parsed.GetValue(silos), settings, rows, new CountProgress(progress, rows.Count), cancellation));
            RatingFile.Write(path, rated);
            Report(path, rated, parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static JudgeSettings Settings(ParseResult parsed, ChatArguments chat)
    {
        double temperature = parsed.GetValue(TemperatureOption);
        return temperature is >= 0 and <= 2
            ? new JudgeSettings(chat.Read(parsed), new ChatJudgeOptions
            {
                Model = parsed.GetValue(chat.Model)!,
                RubricPath = parsed.GetValue(RubricOption) is string file ? Path.GetFullPath(InputPath.File(RubricOption.Name, file)) : null,
                ImageDirectory = parsed.GetValue(ImagesOption) is string folder ? Path.GetFullPath(InputPath.Folder(ImagesOption.Name, folder)) : null,
                SampleCount = parsed.GetValue(RepeatOption),
                Temperature = temperature,
            })
            : throw new UserInputException(string.Create(CultureInfo.InvariantCulture, $"{TemperatureOption.Name} must be 0 to 2, got {temperature}"));
    }

    private static async Task<IReadOnlyList<RatedRow>> RateAsync(
        RuleJudge judge, IReadOnlyList<CompletionRow> rows, CountProgress progress, CancellationToken cancellation)
    {
        List<RatedRow> rated = [];
        foreach (CompletionRow row in rows)
        {
            rated.Add(await judge.RateRowAsync(row, cancellation).ConfigureAwait(false));
            progress.Report(rated.Count);
        }

        return rated;
    }

    private static async Task<IReadOnlyList<RatedRow>> AskAsync(
        int silos, JudgeSettings settings, IReadOnlyList<CompletionRow> rows, CountProgress progress, CancellationToken cancellation)
    {
        await using LocalCluster cluster = await LocalCluster.StartAsync(silos, cancellation).ConfigureAwait(false);
        return await new JudgeClient(cluster.Client).RateAsync(rows, settings, progress, cancellation).ConfigureAwait(false);
    }

    private static void Report(string path, IReadOnlyList<RatedRow> rows, bool asJson)
    {
        RatedCompletion[] all = [.. rows.SelectMany(row => row.Completions)];
        HelpSteerRating[] ratings = [.. all.Where(completion => completion.Rating is not null).Select(completion => completion.Rating!)];
        HelpSteerRating? mean = ratings.Length > 0 ? HelpSteerRating.Mean(ratings) : null;
        string[] reasons = [.. all.Where(completion => completion.Rating is null).Select(completion => completion.Rationale ?? "").Distinct(StringComparer.Ordinal)];
        if (asJson)
        {
            ConsoleOutput.WriteJson(new { Out = path, Prompts = rows.Count, Rated = ratings.Length, Unrated = all.Length - ratings.Length, Mean = mean, Reasons = reasons });
            return;
        }

        string means = mean is null ? "" : "; mean " + string.Join(", ", HelpSteerRating.Attributes.Zip(mean.Values, (name, value) => string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.00}")));
        string unrated = reasons.Length == 0 ? "" : $"; not rated: {all.Length - ratings.Length} ({FailureReport.OneLine(reasons[0])})";
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {ratings.Length} answers of {rows.Count} prompts rated{means}{unrated}"));
    }
}
