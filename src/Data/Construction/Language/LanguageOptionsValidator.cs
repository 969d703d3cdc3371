using System.Globalization;
using NSft.Collectives;

namespace NSft.Data.Construction.Language;

/// <summary>Checks the options of a language model before any request.</summary>
public static class LanguageOptionsValidator
{
    private const int MostTurns = 20;

    /// <summary>Refuses options out of range.</summary>
    /// <exception cref="UserInputException">An option is out of range; the message names it.</exception>
    public static void Validate(LanguageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrWhiteSpace(options.Model))
        {
            throw new UserInputException("no model is named: a language model constructs only by name, such as gpt-4o-mini");
        }

        Require(options.TurnCount is >= 1 and <= MostTurns, nameof(options.TurnCount), options.TurnCount, $"1 to {MostTurns}");
        Require(options.Temperature is >= 0 and <= 2, nameof(options.Temperature), options.Temperature, "0 to 2");
        Require(options.MaxTokens is >= 64 and <= 100_000, nameof(options.MaxTokens), options.MaxTokens, "64 to 100000");
    }

    private static void Require(bool isInRange, string name, IFormattable value, string range)
    {
        if (!isInRange)
        {
            throw new UserInputException($"{name} is {value.ToString(null, CultureInfo.InvariantCulture)}, not {range}");
        }
    }
}
