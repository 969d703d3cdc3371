using System.CommandLine;
using NSft.Collectives;
using NSft.Data.Construction;
using NSft.Data.Construction.Language;
using NSft.Grains.Chat;
using NSft.Grains.Hosting;

namespace NSft.Client.Parsing;

/// <summary>What to construct from and how, on the command line.</summary>
internal sealed class ConstructArguments
{
    private static readonly ConstructionOptions Defaults = new();
    private static readonly LanguageOptions LanguageDefaults = new();

    private readonly Option<string> _data = SharedOptions.Required("--data", "Preference rows, of any format that nsft reads");
    private readonly Option<string> _constructor = SharedOptions.OneOf(
        "--constructor", ConstructorName.Rules, "Who constructs: rules, a language model, or rules and where they find nothing a language model", [.. ConstructorName.All]);
    private readonly Option<string?> _images = SharedOptions.Optional("--images", "Folder of the images, to check that they are there");
    private readonly Option<string> _lexicon = SharedOptions.WithDefault("--lexicon", Lexicon.Default, "Words of the world: a name that comes with NSft, or a file");
    private readonly Option<string?> _codebook = SharedOptions.Optional("--codebook", "Vision error codebook (default: the one that comes with NSft)");
    private readonly Option<int?> _turns = new("--turns")
    {
        Description = $"Turns of a conversation: at most by rules (default {Defaults.TurnCount}), exactly by a language model (default {LanguageDefaults.TurnCount})",
    };

    private readonly Option<ulong> _seed = SharedOptions.WithDefault("--seed", Defaults.Seed, "Seed of choices that the texts leave open");
    private readonly Option<bool> _strict = new("--strict") { Description = "Make rows that cannot be used an error" };
    private readonly Option<bool> _noCodebook = new("--no-vec") { Description = "Leave the vision error codebook out of the prompt, as the ablation does" };
    private readonly Option<string?> _prompt = SharedOptions.Optional("--prompt", "File of the prompt (default: the one that comes with NSft)");
    private readonly Option<string> _fallback = SharedOptions.OneOf(
        "--fallback", "none", "Who makes pairs that the language model gives no usable response to; none keeps them as dead letters", "rules", "none");
    private readonly Option<int?> _blockSize = new("--block-size")
    {
        Description = $"Pairs that a silo takes at once (default {ConstructionSettings.DefaultBlockSize}, with a language model {ConstructionSettings.DefaultChatBlockSize})",
    };

    private readonly Option<string?> _work = SharedOptions.Optional("--work", "Folder for what is done so far (default: --out with .work behind it); the same command goes on from there");
    private readonly ChatArguments _chat = new();

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
        {
            _data, _constructor, _images, _lexicon, _codebook, _turns, _seed, _strict, _noCodebook, _prompt, _fallback, _blockSize, _work,
        })
        {
            command.Options.Add(option);
        }

        _chat.AddTo(command);
    }

    /// <summary>The settings.</summary>
    /// <exception cref="UserInputException">An option is missing, names nothing, or is out of range.</exception>
    public ConstructionSettings Read(ParseResult parsed)
    {
        string constructor = parsed.GetRequiredValue(_constructor);
        ChatSettings? chat = constructor == ConstructorName.Rules ? null : _chat.Read(parsed);
        return new ConstructionSettings
        {
            DataPath = DataPath(parsed.GetRequiredValue(_data)),
            ImageDirectory = parsed.GetValue(_images) is string folder ? InputPath.Folder(_images.Name, folder) : null,
            Lexicon = parsed.GetRequiredValue(_lexicon),
            CodebookPath = parsed.GetValue(_codebook) is string file ? InputPath.File(_codebook.Name, file) : null,
            Constructor = constructor,
            Options = Defaults with
            {
                TurnCount = parsed.GetValue(_turns) ?? Defaults.TurnCount,
                Seed = parsed.GetValue(_seed),
                BlockSize = parsed.GetValue(_blockSize) ?? (chat is null ? ConstructionSettings.DefaultBlockSize : ConstructionSettings.DefaultChatBlockSize),
            },
            Strict = parsed.GetValue(_strict),
            Language = chat is null ? null : Language(parsed, chat.Model),
            Chat = chat,
            WorkDirectory = parsed.GetValue(_work),
        };
    }

    private LanguageOptions Language(ParseResult parsed, string model) => LanguageDefaults with
    {
        Model = model,
        UseCodebook = !parsed.GetValue(_noCodebook),
        PromptPath = parsed.GetValue(_prompt) is string prompt ? InputPath.File(_prompt.Name, prompt) : null,
        TurnCount = parsed.GetValue(_turns) ?? LanguageDefaults.TurnCount,
        Fallback = Enum.Parse<LanguageFallback>(parsed.GetRequiredValue(_fallback), ignoreCase: true),
    };

    /// <summary>A file, or a folder where a format has several.</summary>
    private string DataPath(string path) => Directory.Exists(path) ? path : InputPath.File(_data.Name, path);
}
