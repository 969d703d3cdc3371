using System.CommandLine;
using NSft.Client.Output;
using NSft.Collectives;
using NSft.Evaluation;
using NSft.Evaluation.Answers;
using NSft.Evaluation.Questions;
using NSft.Evaluation.Running;

namespace NSft.Client.Parsing;

/// <summary>What all benchmarks share on the command line: a model and images, or an answer file to score.</summary>
internal sealed class EvaluationOptions
{
    /// <summary>New options; a benchmark says how long its answers may be.</summary>
    public EvaluationOptions(int maxNewTokens)
    {
        MaxNewTokens = SharedOptions.Count("--max-new-tokens", maxNewTokens, "Longest answer in tokens");
    }

    /// <summary><c>--json</c>.</summary>
    public Option<bool> Json { get; } = SharedOptions.Json();

    private ModelOptions Model { get; } = new(isModelRequired: false);

    private Option<string?> Images { get; } = SharedOptions.Optional("--images", "Folder of the images");

    private Option<string?> Answers { get; } = SharedOptions.Optional("--answers", "Score this answer file instead of running a model");

    private Option<string?> Out { get; } = SharedOptions.Optional("--out", "Write the answers here, one JSON object a line");

    private Option<int> MaxNewTokens { get; }

    private Option<int> Threads { get; } =
        SharedOptions.Count("--threads", Environment.ProcessorCount, "Threads that answer; answers do not depend on it");

    private Option<int> BatchSize { get; } =
        SharedOptions.Count("--batch-size", AnswerOptions.DefaultBatchSize, "Questions answered together");

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        Model.AddTo(command);
        foreach (Option option in new Option[] { Images, Answers, Out, MaxNewTokens, Threads, BatchSize, Json })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The answer file to score, or null when a model is to answer.</summary>
    public string? AnswerFileOf(ParseResult parsed)
    {
        string? path = parsed.GetValue(Answers);
        if (path is null)
        {
            return Model.HasModel(parsed) ? null : throw new UserInputException("name a model with --model, or an answer file with --answers");
        }

        return Model.HasModel(parsed)
            ? throw new UserInputException("--model and --answers exclude each other: run a model, or score a file")
            : InputPath.File(Answers.Name, path);
    }

    /// <summary>Answers of the file or of the model, in question order, with the protocol they were obtained by.</summary>
    public async Task<(IReadOnlyList<string> Answers, EvaluationProtocol Protocol)> AnswerAsync(
        ParseResult parsed, IReadOnlyList<EvaluationQuestion> questions, EvaluationProtocol protocol, CancellationToken cancellation)
    {
        if (AnswerFileOf(parsed) is string file)
        {
            return (AnswerFile.TextsFor(questions, AnswerFile.Read(file), file), protocol with { Answers = file });
        }

        AnswerOptions options = ReadOptions(parsed);
        string? output = parsed.GetValue(Out) is string path ? InputPath.Writable(Out.Name, path) : null;
        IReadOnlyList<string> answers = await ConsoleProgress.RunAsync("answering", "questions", async progress =>
        {
            using ModelAnswerer answerer = ModelAnswerer.Open(options);
            CountProgress sink = new(progress, questions.Count);
            return await answerer.AnswerAsync(questions, progress: sink, cancellation: cancellation).ConfigureAwait(false);
        }).ConfigureAwait(false);
        if (output is not null)
        {
            AnswerFile.Write(output, AnswerFile.Compose(questions, answers, Path.GetFileName(Path.GetFullPath(options.ModelDirectory))));
        }

        return (answers, protocol with
        {
            Model = options.ModelDirectory,
            Adapter = options.AdapterDirectory,
            Template = options.Template,
            ImageMode = options.ImageMode,
            Dtype = options.Dtype,
            MaxNewTokens = options.MaxNewTokens,
            Decoding = "greedy",
        });
    }

    private AnswerOptions ReadOptions(ParseResult parsed)
    {
        string images = InputPath.Folder(Images.Name, parsed.GetValue(Images)
            ?? throw new UserInputException("--images is needed: the folder of the images"));
        return Model.Resolve(parsed, images) with
        {
            MaxNewTokens = parsed.GetValue(MaxNewTokens),
            ThreadCount = parsed.GetValue(Threads),
            BatchSize = parsed.GetValue(BatchSize),
        };
    }
}
