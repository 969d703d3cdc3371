using System.CommandLine;
using System.Globalization;

namespace NSft.Client.Parsing;

/// <summary>Options that several verbs have. Each call makes a new one, as a command line needs.</summary>
internal static class SharedOptions
{
    /// <summary><c>--json</c>.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print exactly one JSON object on standard output" };

    /// <summary>An option that must be given.</summary>
    public static Option<string> Required(string name, string description) => new(name) { Description = description, Required = true };

    /// <summary>An option that may be left out.</summary>
    public static Option<string?> Optional(string name, string description) => new(name) { Description = description };

    /// <summary>An option with a default value.</summary>
    public static Option<T> WithDefault<T>(string name, T value, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    /// <summary>An option that takes one of a few words.</summary>
    public static Option<string> OneOf(string name, string value, string description, params string[] values)
    {
        Option<string> option = WithDefault(name, value, description);
        option.CompletionSources.Add(values);
        option.Validators.Add(result =>
        {
            string? given = result.Tokens.Count > 0 ? result.Tokens[0].Value : null;
            if (given is not null && !values.Contains(given, StringComparer.Ordinal))
            {
                string? near = Suggestion.Nearest(given, values);
                string hint = near is null ? $"it takes one of: {string.Join(", ", values)}" : $"did you mean {near}?";
                result.AddError($"option '{name}' does not know '{given}'; {hint}");
            }
        });
        return option;
    }

    /// <summary>An option that takes a whole number of at least <paramref name="least"/>.</summary>
    public static Option<int> Count(string name, int value, string description, int least = 1)
    {
        Option<int> option = WithDefault(name, value, description);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int given) && given < least)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"option '{name}' must be at least {least}, got {given}"));
            }
        });
        return option;
    }
}
