using System.CommandLine;
using System.CommandLine.Parsing;
using NSft.Client.Parsing;
using NSft.Collectives;
using NSft.Grains.LocalCopies;
using NSft.Storage;
using NSft.Training;

namespace NSft.Client.Remote;

/// <summary>
/// A command line whose addresses of inputs have become paths of local copies, so that every verb takes addresses where it takes
/// paths. The copies stay until this is disposed.
/// </summary>
internal sealed class RemoteArguments : IDisposable
{
    private const string ModelOption = "--model";
    private const string TokenizerOption = "--tokenizer";

    /// <summary>What verbs write, and words that are no places.</summary>
    private static readonly HashSet<string> Outputs = new(StringComparer.Ordinal)
    {
        "--out", "--out-dir", "--checkpoints", "--work", "--log", StateDirectory.OptionName, "--images-out",
    };

    private readonly CopySet _copies;

    private RemoteArguments(CopySet copies, string[] words)
    {
        _copies = copies;
        Words = words;
    }

    /// <summary>The command line with paths.</summary>
    public string[] Words { get; }

    /// <summary>Fetches all that a verb's command line names by addresses.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>The command line with paths; null when it names no address.</returns>
    /// <exception cref="UserInputException">Something is not there, or the verb is to write to an address.</exception>
    public static async Task<RemoteArguments?> FetchAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (Read(parsed).FirstOrDefault(word => Outputs.Contains(word.Option) && StoreAddress.IsBlob(word.Value)) is { Option: not null } output)
        {
            throw new UserInputException(
                $"{output.Option} {output.Value}: {parsed.CommandResult.Command.Name} writes to this machine; give a path, and copy what comes out with nsft store cp");
        }

        return await FetchAsync(parsed, (_, copy, progress) => copy.FetchAsync(progress, cancellation), cancellation).ConfigureAwait(false);
    }

    /// <summary>Fetches what is needed to check a training run that others compute: no weights and no images.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>The command line with paths; null when it names no address.</returns>
    /// <exception cref="UserInputException">Something is not there.</exception>
    public static Task<RemoteArguments?> FetchForCheckingAsync(ParseResult parsed, CancellationToken cancellation) => FetchAsync(
        parsed,
        (option, copy, progress) => option switch
        {
            ModelOption => LocalInputs.FetchConfigurationAsync(copy, progress, cancellation),
            "--images" => Task.CompletedTask,
            _ => copy.FetchAsync(progress, cancellation),
        },
        cancellation);

    /// <summary>The same options with addresses in place of copies.</summary>
    public TrainingOptions WithAddresses(TrainingOptions options) => options with
    {
        ModelDirectory = _copies.PlaceOf(options.ModelDirectory),
        TokenizerPath = _copies.PlaceOf(options.TokenizerPath),
        DataPath = _copies.PlaceOf(options.DataPath),
        ImageDirectory = _copies.PlaceOf(options.ImageDirectory),
        CorrectivePath = options.CorrectivePath is null ? null : _copies.PlaceOf(options.CorrectivePath),
        Template = _copies.PlaceOf(options.Template),
    };

    /// <summary>The same error with addresses in place of paths of copies.</summary>
    public UserInputException Explain(UserInputException error) => _copies.Explain(error);

    /// <inheritdoc/>
    public void Dispose() => _copies.Dispose();

    private static async Task<RemoteArguments?> FetchAsync(
        ParseResult parsed, Func<string, LocalCopy, IProgress<CopyProgress>, Task> fetch, CancellationToken cancellation)
    {
        (string Option, string Value)[] words = [.. Read(parsed)];
        return words.Any(IsInput)
            ? await ConsoleStores.FetchAsync(progress => CopyAsync(words, TakesTokenizer(parsed), (option, copy) => fetch(option, copy, progress), cancellation)).ConfigureAwait(false)
            : null;
    }

    private static async Task<RemoteArguments> CopyAsync(
        (string Option, string Value)[] words, bool takesTokenizer, Func<string, LocalCopy, Task> fetch, CancellationToken cancellation)
    {
        CopyCache cache = ConsoleStores.Copies();
        CopySet copies = new(cache);
        try
        {
            List<string> local = [];
            foreach ((string option, string value) in words)
            {
                bool isInput = IsInput((option, value));
                local.Add(isInput ? await copies.PlaceAsync(value, copy => fetch(option, copy), cancellation).ConfigureAwait(false) : value);
                if (isInput && option == ModelOption && takesTokenizer && await TokenizerAsync(StoreAddress.Parse(value), copies, cache, cancellation).ConfigureAwait(false) is string tokenizer)
                {
                    local.AddRange([TokenizerOption, await copies.PlaceAsync(tokenizer, copy => fetch(TokenizerOption, copy), cancellation).ConfigureAwait(false)]);
                }
            }

            return new RemoteArguments(copies, [.. local]);
        }
        catch
        {
            copies.Dispose();
            throw;
        }
    }

    private static bool IsInput((string Option, string Value) word) => StoreAddress.IsBlob(word.Value) && !Outputs.Contains(word.Option);

    private static bool TakesTokenizer(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.Any(option => option.Name == TokenizerOption) && parsed.GetResult(TokenizerOption) is null;

    /// <summary>A tokenizer beside a model that has none, where <see cref="ModelOptions.FindTokenizer"/> would look for it in folders.</summary>
    private static async Task<string?> TokenizerAsync(StoreAddress model, CopySet copies, CopyCache cache, CancellationToken cancellation)
    {
        int end = model.Path.LastIndexOf('/');
        StoreAddress beside = (model with { Path = end < 0 ? "" : model.Path[..end] }).At(ModelOptions.TokenizerFileName);
        return model.Path.Length > 0
            && copies.Find(model.ToString())?.Has(ModelOptions.TokenizerFileName) == false
            && await cache.HasAsync(beside, cancellation).ConfigureAwait(false)
                ? beside.ToString()
                : null;
    }

    /// <summary>The words of a command line, each with the option before it.</summary>
    private static IEnumerable<(string Option, string Value)> Read(ParseResult parsed)
    {
        string option = "";
        foreach (Token token in parsed.Tokens)
        {
            yield return (option, token.Value);
            option = token.Type == TokenType.Option ? token.Value : "";
        }
    }
}
