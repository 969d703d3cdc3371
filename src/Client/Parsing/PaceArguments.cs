using System.CommandLine;
using NSft.Collectives;
using NSft.Grains.Chat;

namespace NSft.Client.Parsing;

/// <summary>Key, pace and price of a language model on the command line: what the result does not depend on.</summary>
internal sealed class PaceArguments
{
    private static readonly ChatSettings Defaults = new() { Model = "" };

    private readonly Option<string> _keyVariable = SharedOptions.WithDefault("--api-key-env", Defaults.KeyVariable, "Environment variable that has the key");
    private readonly Option<string?> _keyFile = SharedOptions.Optional("--api-key-file", "File that has the key, instead of the variable");
    private readonly Option<int> _concurrency = SharedOptions.Count("--concurrency", Defaults.Concurrency, "Requests in flight over all silos");
    private readonly Option<int> _requests = SharedOptions.Count("--requests-per-minute", 0, "Most requests a minute over all silos; 0 for no limit", least: 0);
    private readonly Option<long> _tokens = SharedOptions.WithDefault("--tokens-per-minute", 0L, "Most tokens a minute over all silos; 0 for no limit");
    private readonly Option<decimal?> _budget = new("--budget") { Description = "Stop before it costs more, in the currency of the prices" };
    private readonly Option<decimal?> _priceIn = new("--price-in") { Description = "Price of a million tokens sent" };
    private readonly Option<decimal?> _priceOut = new("--price-out") { Description = "Price of a million tokens received" };
    private readonly Option<double> _timeout = SharedOptions.WithDefault("--timeout", Defaults.Timeout.TotalSeconds, "Longest time of one try of a request, in seconds");

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _keyVariable, _keyFile, _concurrency, _requests, _tokens, _budget, _priceIn, _priceOut, _timeout })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Settings with what the command line says; what it does not say stays as it is. Checked.</summary>
    /// <exception cref="UserInputException">An option is out of range, or does not go with another.</exception>
    public ChatSettings Apply(ParseResult parsed, ChatSettings settings)
    {
        ChatSettings changed = settings with
        {
            KeyVariable = Given(parsed, _keyVariable, settings.KeyVariable)!,
            KeyFile = parsed.GetValue(_keyFile) is string file ? InputPath.File(_keyFile.Name, file) : settings.KeyFile,
            Concurrency = Given(parsed, _concurrency, settings.Concurrency),
            RequestsPerMinute = Given(parsed, _requests, settings.RequestsPerMinute),
            TokensPerMinute = Given(parsed, _tokens, settings.TokensPerMinute),
            Budget = parsed.GetValue(_budget) ?? settings.Budget,
            PromptPrice = parsed.GetValue(_priceIn) ?? settings.PromptPrice,
            CompletionPrice = parsed.GetValue(_priceOut) ?? settings.CompletionPrice,
            Timeout = Seconds(Given(parsed, _timeout, settings.Timeout.TotalSeconds)),
        };
        changed.Validate();
        return changed;
    }

    private static T? Given<T>(ParseResult parsed, Option<T> option, T otherwise) => parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) : otherwise;

    private static TimeSpan Seconds(double seconds) => double.IsFinite(seconds) && seconds > 0 && seconds <= TimeSpan.FromHours(1).TotalSeconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new UserInputException(FormattableString.Invariant($"--timeout cannot be {seconds}: give seconds, more than 0 and at most 3600"));
}
