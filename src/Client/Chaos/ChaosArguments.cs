using System.CommandLine;
using NSft.Client.Parsing;
using NSft.Client.Quickstart;
using NSft.Evaluation.Running;
using NSft.Model.Images;
using NSft.Training;

namespace NSft.Client.Chaos;

/// <summary>Options of what is trained under faults; the sample unless another model and rows are named.</summary>
internal sealed class ChaosArguments
{
    private const int DefaultBatch = 16;

    private readonly ModelOptions _model = new(isModelRequired: false);
    private readonly Option<string?> _data = SharedOptions.Optional("--data", "Preference rows (default: the sample's)");
    private readonly Option<string?> _images = SharedOptions.Optional("--images", "Folder of the images (default: the sample's)");
    private readonly Option<string> _objective = SharedOptions.OneOf("--objective", "sft", "What to minimise", "sft", "nsft", "dpo");
    private readonly Option<int> _batch = SharedOptions.Count("--global-batch", DefaultBatch, "Rows of one step over all workers");
    private readonly Option<int?> _steps = new("--steps") { Description = "Number of steps (default: as many as the minutes take)" };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        _model.AddTo(command, withAdapter: false);
        foreach (Option option in new Option[] { _data, _images, _objective, _batch, _steps })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What to train, checked but for the corrective conversations, which nSFT has constructed first.</summary>
    public TrainingOptions Read(ParseResult parsed)
    {
        SampleWorld? world = _model.HasModel(parsed) && parsed.GetValue(_data) is not null && parsed.GetValue(_images) is not null ? null : SampleWorld.Find();
        string images = parsed.GetValue(_images) is string named ? InputPath.Folder(_images.Name, named) : world!.Images;
        string data = parsed.GetValue(_data) is string rows ? InputPath.File(_data.Name, rows) : world!.Preferences;
        AnswerOptions model = _model.HasModel(parsed) ? _model.Resolve(parsed, images) : SampleModel(parsed, world!, images);
        ObjectiveKind objective = Enum.Parse<ObjectiveKind>(parsed.GetRequiredValue(_objective), ignoreCase: true);
        TrainingOptions options = new()
        {
            ModelDirectory = model.ModelDirectory,
            TokenizerPath = model.TokenizerPath,
            DataPath = data,
            ImageDirectory = images,
            Template = model.Template,
            ImageMode = Enum.Parse<ImageMode>(model.ImageMode, ignoreCase: true),
            Dtype = Enum.Parse<ComputePrecision>(model.Dtype, ignoreCase: true),
            Objective = objective,
            GlobalBatch = parsed.GetValue(_batch),
            Steps = parsed.GetValue(_steps),
        };
        TrainingOptionsValidator.EnsureValid(objective == ObjectiveKind.Nsft ? options with { CorrectivePath = data } : options);
        return options;
    }

    private AnswerOptions SampleModel(ParseResult parsed, SampleWorld world, string images) => new()
    {
        ModelDirectory = world.Model,
        TokenizerPath = world.Tokenizer,
        ImageDirectory = images,
        Template = QuickstartSettings.Template,
        ImageMode = parsed.GetRequiredValue(_model.ImageMode),
        Dtype = parsed.GetRequiredValue(_model.Dtype),
    };
}
