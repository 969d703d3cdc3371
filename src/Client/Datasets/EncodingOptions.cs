using System.CommandLine;
using NSft.Client.Parsing;
using NSft.Collectives;

namespace NSft.Client.Datasets;

/// <summary>The options that say how rows become tokens.</summary>
internal sealed class EncodingOptions
{
    /// <summary>Most tokens that LLaVA 1.5 trains with.</summary>
    public const int DefaultMaxLength = 2048;

    /// <summary>New options; <paramref name="purpose"/> says what a model is for where it may be left out.</summary>
    public EncodingOptions(string? purpose)
    {
        Model = SharedOptions.Optional("--model", "Model folder in Hugging Face form" + (purpose is null ? "" : $", {purpose}; weights are not read"));
        Model.Required = purpose is null;
        MaxLength.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out int given) && given < 1)
            {
                result.AddError($"option '{MaxLength.Name}' must be at least 1, got {given}");
            }
        });
    }

    /// <summary><c>--model</c>.</summary>
    public Option<string?> Model { get; }

    /// <summary><c>--tokenizer</c>.</summary>
    public Option<string?> Tokenizer { get; } =
        SharedOptions.Optional("--tokenizer", $"SentencePiece file (default: {ModelOptions.TokenizerFileName} in the model folder or beside it)");

    /// <summary><c>--template</c>.</summary>
    public Option<string?> Template { get; } = SharedOptions.Optional(
        "--template", $"Conversation template: scenes, hf, vicuna_v1, llava_v1 or a file (default: {TemplateChoice.Rule})");

    /// <summary><c>--max-length</c>.</summary>
    public Option<int?> MaxLength { get; } = new("--max-length")
    {
        Description = $"Most tokens of a conversation, image tokens counted (default: {DefaultMaxLength}, or the model's positions if fewer)",
    };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Model);
        command.Options.Add(Tokenizer);
        command.Options.Add(Template);
        command.Options.Add(MaxLength);
    }

    /// <summary>How to encode; null when the user named no model.</summary>
    public DatasetEncoding? Resolve(ParseResult parsed)
    {
        if (parsed.GetValue(Model) is not string folder)
        {
            Option? alone = new Option[] { Tokenizer, Template, MaxLength }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
            return alone is null ? null : throw new UserInputException($"{alone.Name} is of use only with --model");
        }

        string model = InputPath.Folder(Model.Name, folder);
        string tokenizer = ModelOptions.FindTokenizer(model, parsed.GetValue(Tokenizer));
        return DatasetEncoding.Load(model, tokenizer, parsed.GetValue(Template) ?? TemplateChoice.For(model), parsed.GetValue(MaxLength));
    }
}
