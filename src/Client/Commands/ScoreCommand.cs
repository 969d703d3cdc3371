using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Data;
using NSft.Evaluation.Questions;
using NSft.Evaluation.Running;

namespace NSft.Client.Commands;

/// <summary><c>nsft score</c>: how likely the model finds given answers.</summary>
internal static class ScoreCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        ModelOptions model = new();
        Option<string> data = SharedOptions.Required("--data", "Rows {image, question, answer}, JSON array or JSON lines");
        Option<string> images = SharedOptions.Required("--images", "Folder of the images");
        Option<int> threads = SharedOptions.Count("--threads", Environment.ProcessorCount, "Threads that score");
        Option<bool> json = SharedOptions.Json();
        Command command = new("score", "Log-probability of given answers, summed over their tokens and the end token");
        model.AddTo(command);
        foreach (Option option in new Option[] { data, images, threads, json })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            AnswerOptions options = model.Resolve(parsed, InputPath.Folder(images.Name, parsed.GetRequiredValue(images))) with
            {
                ThreadCount = parsed.GetValue(threads),
            };
            string path = InputPath.File(data.Name, parsed.GetRequiredValue(data));
            IReadOnlyList<AnswerToScore> rows = ReadRows(path, options.ImageDirectory);
            IReadOnlyList<AnswerLikelihood> scores = await ConsoleProgress.RunAsync("scoring", "rows", progress =>
                LikelihoodScorer.ScoreAsync(options, rows, new CountProgress(progress, rows.Count), cancellation));
            Write(rows, scores, parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>Rows to score: every row must be usable, since the output is matched by position.</summary>
    private static IReadOnlyList<AnswerToScore> ReadRows(string path, string images)
    {
        PreferenceReadOptions reading = new() { ImageDirectory = images, RequireRejected = false, Strict = true };
        return [.. PreferenceReader.Read(path, reading).Rows.Select(row => new AnswerToScore(
            new EvaluationQuestion(string.Create(CultureInfo.InvariantCulture, $"{path}: row {row.Row}"), row.Image, row.Question), row.Chosen))];
    }

    private static void Write(IReadOnlyList<AnswerToScore> rows, IReadOnlyList<AnswerLikelihood> scores, bool asJson)
    {
        if (asJson)
        {
            ConsoleOutput.WriteJson(new { Rows = scores.Select(score => new { Logprob = score.LogProbability, Tokens = score.TokenCount }) });
            return;
        }

        for (int row = 0; row < rows.Count; row++)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{scores[row].LogProbability,12:0.0000} nats  {scores[row].TokenCount,4} tokens  {rows[row].Answer}"));
        }
    }
}
