using System.CommandLine;
using NSft.Collectives;
using NSft.Model.Images;
using NSft.Training;

namespace NSft.Client.Parsing;

/// <summary>The options of <c>nsft train</c> and what they become.</summary>
internal sealed class TrainingArguments
{
    private readonly ModelOptions _model = new();
    private readonly Option<string> _data = SharedOptions.Required(
        "--data", "Preference rows {id?, image, question, chosen, rejected}, JSON array or lines; for sft {image, question, answer} will do");
    private readonly Option<string?> _corrective = SharedOptions.Optional("--corrective", "Corrective conversations from 'nsft construct', for nsft");
    private readonly Option<string> _images = SharedOptions.Required("--images", "Folder of the images");
    private readonly Option<string> _objective = SharedOptions.OneOf("--objective", "nsft", "What to minimise", "sft", "nsft", "dpo");
    private readonly Option<int> _globalBatch = SharedOptions.Count("--global-batch", 32, "Rows of one step over all workers");
    private readonly Option<int?> _shards = new("--shards") { Description = "Virtual shards of a step, 1 to 127 (default: two rows each)" };
    private readonly Option<int?> _steps = new("--steps") { Description = "Number of steps, instead of --epochs" };
    private readonly Option<int?> _epochs = new("--epochs") { Description = "Passes over the data (default 1)" };
    private readonly Option<double?> _rate = new("--lr") { Description = "Peak learning rate (default: the objective's)" };
    private readonly Option<int?> _warmupSteps = new("--warmup-steps") { Description = "Steps of linear warm-up, instead of --warmup-ratio" };
    private readonly Option<double?> _warmupRatio = new("--warmup-ratio") { Description = "Warm-up as a part of all steps (default 0.03)" };
    private readonly Option<double> _weightDecay = SharedOptions.WithDefault("--weight-decay", 0.0, "AdamW's decoupled weight decay");
    private readonly Option<double> _clip = SharedOptions.WithDefault("--clip", 1.0, "Largest global gradient norm; 0 turns clipping off");
    private readonly Option<ulong> _seed = SharedOptions.WithDefault("--seed", 1UL, "Seed of the order of rows and of a new adapter");
    private readonly Option<int> _loraRank = SharedOptions.Count("--lora-rank", 0, "Rank of a LoRA adapter; 0 trains in full", least: 0);
    private readonly Option<double?> _loraAlpha = new("--lora-alpha") { Description = "Adapter scale numerator (default: twice the rank)" };
    private readonly Option<string?> _loraTargets = SharedOptions.Optional("--lora-targets", "Projections with an adapter, comma separated (default: all seven)");
    private readonly Option<double> _beta = SharedOptions.WithDefault("--beta", 0.1, "DPO's pull to the reference");
    private readonly Option<double> _chosenWeight = SharedOptions.WithDefault("--chosen-weight", 1.0, "nSFT's weight of the chosen answers; 0 is the ablation");
    private readonly Option<double> _negativeWeight = SharedOptions.WithDefault("--negative-weight", 1.0, "nSFT's weight of the corrective conversations");
    private readonly Option<string> _reduction = SharedOptions.OneOf(
        "--reduction", "exact", "How gradients are added over workers", "exact", "exact64", "fp32", "bf16");
    private readonly Option<int?> _maxLength = new("--max-length") { Description = "Longest conversation in tokens (default: the model's positions)" };
    private readonly Option<string> _device = SharedOptions.WithDefault("--device", "cpu", "cpu or cuda");
    private readonly Option<bool> _strict = new("--strict") { Description = "Make rows that cannot be used an error" };

    /// <summary>Adds the options to the verb.</summary>
    public void AddTo(Command command)
    {
        Option[] own =
        [
            _data, _corrective, _images, _objective, _globalBatch, _shards, _steps, _epochs, _rate, _warmupSteps, _warmupRatio, _weightDecay, _clip,
            _seed, _loraRank, _loraAlpha, _loraTargets, _beta, _chosenWeight, _negativeWeight, _reduction, _maxLength, _device, _strict,
        ];
        _model.AddTo(command, withAdapter: false);
        foreach (Option option in own)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The options of a run, checked.</summary>
    /// <exception cref="UserInputException">A path is not there, or an option's value cannot be used.</exception>
    public TrainingOptions Read(ParseResult parsed)
    {
        Evaluation.Running.AnswerOptions model = _model.Resolve(parsed, InputPath.Folder(_images.Name, parsed.GetRequiredValue(_images)));
        TrainingOptions options = new()
        {
            ModelDirectory = model.ModelDirectory,
            TokenizerPath = model.TokenizerPath,
            DataPath = InputPath.File(_data.Name, parsed.GetRequiredValue(_data)),
            CorrectivePath = parsed.GetValue(_corrective) is string corrective ? InputPath.File(_corrective.Name, corrective) : null,
            ImageDirectory = model.ImageDirectory,
            Template = model.Template,
            ImageMode = Enum.Parse<ImageMode>(model.ImageMode, ignoreCase: true),
            Objective = Enum.Parse<ObjectiveKind>(parsed.GetRequiredValue(_objective), ignoreCase: true),
            Dtype = Enum.Parse<ComputePrecision>(model.Dtype, ignoreCase: true),
            Reduction = Enum.Parse<ReductionKind>(parsed.GetRequiredValue(_reduction), ignoreCase: true),
        };
        options = WithNumbers(parsed, options);
        TrainingOptionsValidator.EnsureValid(options);
        return options;
    }

    private TrainingOptions WithNumbers(ParseResult parsed, TrainingOptions options) => options with
    {
        GlobalBatch = parsed.GetValue(_globalBatch),
        ShardCount = parsed.GetValue(_shards),
        Steps = parsed.GetValue(_steps),
        Epochs = parsed.GetValue(_epochs),
        LearningRate = parsed.GetValue(_rate),
        WarmupSteps = parsed.GetValue(_warmupSteps),
        WarmupRatio = parsed.GetValue(_warmupRatio),
        WeightDecay = parsed.GetValue(_weightDecay),
        Clip = parsed.GetValue(_clip),
        Seed = parsed.GetValue(_seed),
        LoraRank = parsed.GetValue(_loraRank),
        LoraAlpha = parsed.GetValue(_loraAlpha),
        LoraTargets = parsed.GetValue(_loraTargets)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        Beta = parsed.GetValue(_beta),
        ChosenWeight = parsed.GetValue(_chosenWeight),
        NegativeWeight = parsed.GetValue(_negativeWeight),
        MaxLength = parsed.GetValue(_maxLength),
        Device = parsed.GetRequiredValue(_device),
        Strict = parsed.GetValue(_strict),
    };
}
