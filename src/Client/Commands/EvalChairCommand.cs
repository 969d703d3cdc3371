using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Evaluation;
using NSft.Evaluation.Chair;
using NSft.Evaluation.Questions;

namespace NSft.Client.Commands;

/// <summary><c>nsft eval chair</c>: which objects does the model invent when it describes an image?</summary>
internal static class EvalChairCommand
{
    private const int MaxNewTokens = 96;

    /// <summary>What the model is asked about every image unless the user says otherwise.</summary>
    internal const string DefaultPrompt = "Describe the image.";

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<string> annotations = SharedOptions.Required(
            "--annotations", "Objects of each image: {categories, synonyms?, images[{image, objects[{category}]}]}");
        Option<string?> synonyms = SharedOptions.Optional("--synonyms", "CHAIR synonym file: one line a category, its name first");
        Option<string> prompt = SharedOptions.WithDefault("--prompt", DefaultPrompt, "What to ask about every image");
        Option<string?> filter = SharedOptions.Optional(
            "--image-filter", "Only images with such names, for example eval_* (default: eval_* when the file also holds train_*, else all)");
        EvaluationOptions options = new(MaxNewTokens);
        Command command = new("chair", "Invented objects in captions: CHAIRi, CHAIRs, recall") { annotations, synonyms, prompt, filter };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string path = InputPath.File(annotations.Name, parsed.GetRequiredValue(annotations));
            string? words = parsed.GetValue(synonyms) is string file ? InputPath.File(synonyms.Name, file) : null;
            (ChairAnnotations truth, string? pattern) = Select(ChairAnnotations.Read(path, words), parsed.GetValue(filter));
            EvaluationProtocol protocol = new() { Data = path, Prompt = parsed.GetRequiredValue(prompt), ImageFilter = pattern };
            IReadOnlyList<string> captions;
            if (options.AnswerFileOf(parsed) is string answers)
            {
                captions = CaptionFile.Read(answers, truth.Images);
                protocol = protocol with { Answers = answers, Prompt = null };
            }
            else
            {
                (captions, protocol) = await options.AnswerAsync(
                    parsed, [.. truth.Images.Select(image => new EvaluationQuestion(image.Image, image.Image, protocol.Prompt!))],
                    protocol, cancellation);
            }

            Write(ChairScorer.Score(truth, captions), protocol, parsed.GetValue(options.Json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static (ChairAnnotations Truth, string? Pattern) Select(ChairAnnotations truth, string? pattern)
    {
        if (pattern is null && truth.HeldOutPattern is string heldOut)
        {
            Console.Error.WriteLine($"nsft: the annotations hold training images too; evaluating {heldOut} (--image-filter '*' takes all)");
            pattern = heldOut;
        }

        return pattern is null ? (truth, null) : (truth.Filter(pattern), pattern);
    }

    private static void Write(ChairScore score, EvaluationProtocol protocol, bool asJson)
    {
        if (asJson)
        {
            ConsoleOutput.WriteJson(new
            {
                Benchmark = "chair",
                score.ChairI,
                score.ChairS,
                score.Recall,
                score.Count,
                Mentions = score.MentionCount,
                WrongMentions = score.WrongMentionCount,
                MeanWords = score.MeanWordCount,
                Unparsable = score.EmptyCount,
                protocol,
            });
            return;
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"CHAIR  i {score.ChairI:P1}  s {score.ChairS:P1}  recall {score.Recall:P1}  "
            + $"({score.Count} captions, {score.MentionCount} mentions, {score.MeanWordCount:0.0} words each)"));
    }
}
