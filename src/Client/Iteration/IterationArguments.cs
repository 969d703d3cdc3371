using System.CommandLine;
using NSft.Client.Parsing;
using NSft.Collectives;
using NSft.Data.Construction;
using NSft.Evaluation.Running;
using NSft.Grains.Hosting;
using NSft.Model.Images;
using NSft.Training;

namespace NSft.Client.Iteration;

/// <summary>The options of <c>nsft iterate</c> and what they become.</summary>
internal sealed class IterationArguments
{
    private readonly ModelOptions _model = new();
    private readonly SamplingArguments _sampling = new();
    private readonly Option<string> _data = SharedOptions.Required("--data", "Prompts with true answers: preference rows, LLaVA conversations or questions");
    private readonly Option<string> _images = SharedOptions.Required("--images", "Folder of the images");
    private readonly Option<string> _output = SharedOptions.Required("--out", "Folder for all rounds; the same command goes on in it");
    private readonly Option<int> _rounds = SharedOptions.Count("--rounds", 2, "Rounds of sampling, construction and training");
    private readonly Option<string> _from = SharedOptions.OneOf("--from", "previous", "Weights that each training starts from", "previous", "base");
    private readonly Option<int> _pairs = SharedOptions.Count("--pairs-per-prompt", 1, "Pairs made of one prompt at most");
    private readonly Option<string> _lexicon = SharedOptions.WithDefault("--lexicon", Lexicon.Default, "Words of the world: a name that comes with NSft, or a file");
    private readonly Option<string?> _codebook = SharedOptions.Optional("--codebook", "Vision error codebook (default: the one that comes with NSft)");
    private readonly Option<int> _turns = SharedOptions.Count("--turns", new ConstructionOptions().TurnCount, "Turns of a corrective conversation at most");
    private readonly Option<string> _objective = SharedOptions.OneOf("--objective", "nsft", "What to minimise", "sft", "nsft", "dpo");
    private readonly Option<int> _globalBatch = SharedOptions.Count("--global-batch", 32, "Rows of one step over all workers");
    private readonly Option<int?> _epochs = new("--epochs") { Description = "Passes over each round's pairs (default 1)" };
    private readonly Option<int?> _steps = new("--steps") { Description = "Steps of each round, instead of --epochs" };
    private readonly Option<double?> _rate = new("--lr") { Description = "Peak learning rate (default: the objective's)" };
    private readonly Option<string> _device = SharedOptions.OneOf("--device", "cpu", "Where tensors live", "cpu", "cuda");
    private readonly Option<int> _every = SharedOptions.Count("--every", 0, "Steps between checkpoints, so that a training goes on from its middle; 0 writes none", least: 0);
    private readonly Option<int> _workers = SharedOptions.Count("--workers", 1, "Workers of sampling and training; the result does not depend on it");
    private readonly Option<string?> _chair = SharedOptions.Optional("--chair", "Evaluate CHAIR on these annotations after each round");
    private readonly Option<string[]> _pope = new("--pope") { Description = "Evaluate POPE on these question files after each round", AllowMultipleArgumentsPerToken = true };

    /// <summary>Whether tensors live on GPUs.</summary>
    public bool IsCuda(ParseResult parsed) => parsed.GetRequiredValue(_device) == "cuda";

    /// <summary>Adds the options to the verb.</summary>
    public void AddTo(Command command)
    {
        _model.AddTo(command, withAdapter: false);
        _sampling.AddTo(command);
        Option[] own =
        [
            _data, _images, _output, _rounds, _from, _pairs, _lexicon, _codebook, _turns, _objective, _globalBatch, _epochs, _steps, _rate, _device,
            _every, _workers, _chair, _pope,
        ];
        foreach (Option option in own)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The settings, checked.</summary>
    /// <exception cref="UserInputException">A path is not there, or an option's value cannot be used.</exception>
    public IterationSettings Read(ParseResult parsed)
    {
        AnswerOptions model = _model.Resolve(parsed, InputPath.Folder(_images.Name, parsed.GetRequiredValue(_images))) with { Device = parsed.GetRequiredValue(_device) };
        SamplingSettings sampling = _sampling.Read(parsed, model, InputPath.File(_data.Name, parsed.GetRequiredValue(_data)));
        IterationSettings settings = new()
        {
            Output = parsed.GetRequiredValue(_output),
            Rounds = parsed.GetValue(_rounds),
            IsFromBase = parsed.GetRequiredValue(_from) == "base",
            PairsPerPrompt = parsed.GetValue(_pairs),
            Sampling = sampling,
            Construction = Construction(parsed, sampling),
            Training = Training(parsed, model, sampling),
            Workers = parsed.GetValue(_workers),
            CheckpointEvery = parsed.GetValue(_every),
            Benchmarks = new IterationBenchmarks(
                parsed.GetValue(_chair) is string chair ? InputPath.File(_chair.Name, chair) : null,
                [.. (parsed.GetValue(_pope) ?? []).Select(file => InputPath.File(_pope.Name, file))]),
        };
        TrainingOptionsValidator.EnsureValid(settings.Training with { CorrectivePath = sampling.DataPath });
        return settings;
    }

    private ConstructionSettings Construction(ParseResult parsed, SamplingSettings sampling) => new()
    {
        DataPath = sampling.DataPath,
        Lexicon = parsed.GetRequiredValue(_lexicon),
        CodebookPath = parsed.GetValue(_codebook) is string file ? InputPath.File(_codebook.Name, file) : null,
        Options = new ConstructionOptions
        {
            TurnCount = parsed.GetValue(_turns),
            Seed = sampling.Seed,
            BlockSize = ConstructionSettings.DefaultBlockSize,
        },
    };

    private TrainingOptions Training(ParseResult parsed, AnswerOptions model, SamplingSettings sampling) => new()
    {
        ModelDirectory = model.ModelDirectory,
        TokenizerPath = model.TokenizerPath,
        DataPath = sampling.DataPath,
        ImageDirectory = model.ImageDirectory,
        Template = model.Template,
        ImageMode = Enum.Parse<ImageMode>(model.ImageMode, ignoreCase: true),
        Dtype = Enum.Parse<ComputePrecision>(model.Dtype, ignoreCase: true),
        Device = model.Device,
        Objective = Enum.Parse<ObjectiveKind>(parsed.GetRequiredValue(_objective), ignoreCase: true),
        GlobalBatch = parsed.GetValue(_globalBatch),
        Epochs = parsed.GetValue(_epochs),
        Steps = parsed.GetValue(_steps),
        LearningRate = parsed.GetValue(_rate),
        Seed = sampling.Seed,
    };
}
