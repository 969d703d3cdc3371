using System.CommandLine;
using NSft.Collectives;
using NSft.Evaluation.Running;

namespace NSft.Client.Parsing;

/// <summary>The options that say which model to load and how it sees its input.</summary>
internal sealed class ModelOptions
{
    /// <summary>File name of a tokenizer in or beside a model folder.</summary>
    public const string TokenizerFileName = "tokenizer.model";

    private readonly bool _isModelRequired;

    /// <summary>New options; <paramref name="isModelRequired"/> is false for verbs that can do without a model.</summary>
    public ModelOptions(bool isModelRequired = true)
    {
        _isModelRequired = isModelRequired;
        Model = SharedOptions.Optional("--model", "Model folder in Hugging Face form");
        Model.Required = isModelRequired;
    }

    /// <summary><c>--model</c>.</summary>
    public Option<string?> Model { get; }

    /// <summary><c>--tokenizer</c>.</summary>
    public Option<string?> Tokenizer { get; } =
        SharedOptions.Optional("--tokenizer", $"SentencePiece file (default: {TokenizerFileName} in the model folder or beside it)");

    /// <summary><c>--adapter</c>.</summary>
    public Option<string?> Adapter { get; } = SharedOptions.Optional("--adapter", "LoRA folder in PEFT form");

    /// <summary><c>--template</c>.</summary>
    public Option<string?> Template { get; } = SharedOptions.Optional(
        "--template", $"Conversation template: scenes, hf, vicuna_v1, llava_v1 or a file (default: {TemplateChoice.Rule})");

    /// <summary><c>--image-mode</c>.</summary>
    public Option<string> ImageMode { get; } =
        SharedOptions.OneOf("--image-mode", "pad", "How images become square", "pad", "crop");

    /// <summary><c>--dtype</c>.</summary>
    public Option<string> Dtype { get; } =
        SharedOptions.OneOf("--dtype", "float32", "Number type of the computation", "float32", "bfloat16");

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command, bool withAdapter = true)
    {
        foreach (Option option in new Option[] { Model, Tokenizer, Adapter, Template, ImageMode, Dtype }.Where(option => withAdapter || option != Adapter))
        {
            command.Options.Add(option);
        }
    }

    /// <summary>True when the user named a model.</summary>
    public bool HasModel(ParseResult parsed) => _isModelRequired || parsed.GetValue(Model) is not null;

    /// <summary>The choice, with paths checked and defaults filled in.</summary>
    public AnswerOptions Resolve(ParseResult parsed, string imageDirectory)
    {
        string model = InputPath.Folder(Model.Name, parsed.GetValue(Model)
            ?? throw new UserInputException("--model is needed: a model folder in Hugging Face form"));
        string? adapter = parsed.GetValue(Adapter);
        return new AnswerOptions
        {
            ModelDirectory = model,
            TokenizerPath = FindTokenizer(model, parsed.GetValue(Tokenizer)),
            AdapterDirectory = adapter is null ? null : InputPath.Folder(Adapter.Name, adapter),
            ImageDirectory = imageDirectory,
            Template = parsed.GetValue(Template) ?? TemplateChoice.For(model),
            ImageMode = parsed.GetRequiredValue(ImageMode),
            Dtype = parsed.GetRequiredValue(Dtype),
        };
    }

    /// <summary>The tokenizer named, or the one in the model folder or its parent.</summary>
    public static string FindTokenizer(string model, string? named)
    {
        if (named is not null)
        {
            return InputPath.File("--tokenizer", named);
        }

        string full = Path.GetFullPath(model);
        string[] places = [Path.Combine(full, TokenizerFileName), Path.Combine(Path.GetDirectoryName(full) ?? full, TokenizerFileName)];
        return places.FirstOrDefault(File.Exists)
            ?? throw new UserInputException($"--model {model}: no {TokenizerFileName} in it or beside it; name one with --tokenizer");
    }
}
