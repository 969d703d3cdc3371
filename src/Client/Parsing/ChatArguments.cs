using System.CommandLine;
using System.Globalization;
using NSft.Collectives;
using NSft.Grains.Chat;

namespace NSft.Client.Parsing;

/// <summary>The options that say which chat model is asked, at what pace and price. Keys come from the environment or a file only.</summary>
internal sealed class ChatArguments
{
    /// <summary>Environment variable that names the folder of answers where the option does not.</summary>
    private const string AnswerVariable = "NSFT_ANSWERS";

    private static readonly ChatSettings Defaults = new() { Model = "" };

    /// <summary><c>--model</c>.</summary>
    public Option<string?> Model { get; } = SharedOptions.Optional("--model", "Chat model, as its server knows it");

    /// <summary><c>--base-url</c>.</summary>
    public Option<string?> BaseUrl { get; } = SharedOptions.Optional("--base-url", "Any OpenAI-compatible server, such as http://localhost:8000/v1 (default: OpenAI)");

    /// <summary><c>--api-key-env</c>.</summary>
    public Option<string> KeyVariable { get; } = SharedOptions.WithDefault("--api-key-env", Defaults.KeyVariable, "Environment variable of the silos that has the key");

    /// <summary><c>--api-key-file</c>.</summary>
    public Option<string?> KeyFile { get; } = SharedOptions.Optional("--api-key-file", "File that has the key, readable by every silo");

    /// <summary><c>--concurrency</c>.</summary>
    public Option<int> Concurrency { get; } = SharedOptions.Count("--concurrency", Defaults.Concurrency, "Requests in flight in the whole cluster");

    /// <summary><c>--requests-per-minute</c>.</summary>
    public Option<int> RequestsPerMinute { get; } = SharedOptions.Count("--requests-per-minute", 0, "Requests that the whole cluster sends in a minute; 0 for no limit", least: 0);

    /// <summary><c>--tokens-per-minute</c>.</summary>
    public Option<long> TokensPerMinute { get; } = SharedOptions.WithDefault("--tokens-per-minute", 0L, "Tokens, sent and received, that the whole cluster uses in a minute; 0 for no limit");

    /// <summary><c>--budget</c>.</summary>
    public Option<decimal?> Budget { get; } = new("--budget") { Description = "What the job may cost; it stops before it would cost more. Needs prices" };

    /// <summary><c>--price-in</c>.</summary>
    public Option<decimal?> PromptPrice { get; } = new("--price-in") { Description = "Price of a million tokens sent" };

    /// <summary><c>--price-out</c>.</summary>
    public Option<decimal?> CompletionPrice { get; } = new("--price-out") { Description = "Price of a million tokens received" };

    /// <summary><c>--timeout</c>.</summary>
    public Option<double> Timeout { get; } = SharedOptions.WithDefault("--timeout", Defaults.Timeout.TotalSeconds, "Seconds that one try of a request may take");

    /// <summary><c>--answers</c>.</summary>
    public Option<string?> Answers { get; } = SharedOptions.Optional("--answers", $"Folder that keeps answers, so that none is paid twice (default: {AnswerVariable}, or ~/.nsft/answers); none to keep none");

    /// <summary><c>--keep-text</c>.</summary>
    public Option<bool> KeepText { get; } = new("--keep-text") { Description = "Keep prompts, readable, beside the answers" };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
        {
            Model, BaseUrl, KeyVariable, KeyFile, Concurrency, RequestsPerMinute, TokensPerMinute, Budget, PromptPrice, CompletionPrice, Timeout, Answers, KeepText,
        })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The choice, checked.</summary>
    /// <exception cref="UserInputException">An option is missing or out of range; the message names it.</exception>
    public ChatSettings Read(ParseResult parsed)
    {
        double seconds = parsed.GetValue(Timeout);
        ChatSettings settings = Defaults with
        {
            Model = parsed.GetValue(Model) ?? throw new UserInputException("--model is needed: the chat model, as its server knows it"),
            BaseUrl = parsed.GetValue(BaseUrl) is string address ? Address(address) : null,
            KeyVariable = parsed.GetRequiredValue(KeyVariable),
            KeyFile = parsed.GetValue(KeyFile) is string file ? Path.GetFullPath(InputPath.File(KeyFile.Name, file)) : null,
            Concurrency = parsed.GetValue(Concurrency),
            RequestsPerMinute = parsed.GetValue(RequestsPerMinute),
            TokensPerMinute = parsed.GetValue(TokensPerMinute),
            Budget = parsed.GetValue(Budget),
            PromptPrice = parsed.GetValue(PromptPrice),
            CompletionPrice = parsed.GetValue(CompletionPrice),
            Timeout = double.IsFinite(seconds) && seconds is > 0 and <= 3600
                ? TimeSpan.FromSeconds(seconds)
                : throw new UserInputException(string.Create(CultureInfo.InvariantCulture, $"{Timeout.Name} must be above 0 and at most 3600 seconds, got {seconds}")),
            AnswerDirectory = Folder(parsed.GetValue(Answers)),
            KeepText = parsed.GetValue(KeepText),
        };
        settings.Validate();
        return settings;
    }

    private Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
        ? address!
        : throw new UserInputException($"{BaseUrl.Name} {text}: no address; write it as http://localhost:8000/v1");

    private static string? Folder(string? given)
    {
        string? named = given ?? Environment.GetEnvironmentVariable(AnswerVariable);
        return named switch
        {
            "none" => null,
            null or "" => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nsft", "answers"),
            _ => Path.GetFullPath(named),
        };
    }
}
