using System.Globalization;
using NSft.Collectives;

namespace NSft.Data.Construction;

/// <summary>How the rule constructor builds its turns.</summary>
public sealed record ConstructionOptions
{
    /// <summary>Turns of a conversation at most, 1 to 40. Default 6.</summary>
    public int TurnCount { get; init; } = 6;

    /// <summary>Seed of every choice that the texts leave open. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Share of fill-up no-questions that ask for the category that goes most often with what is there, 0 to 1. Default 0.5.</summary>
    public double HardNegativeShare { get; init; } = 0.5;

    /// <summary>Pairs in a block of work, 1 or more. Default 256.</summary>
    public int BlockSize { get; init; } = 256;
}

/// <summary>Checks construction options before any work.</summary>
public static class ConstructionOptionsValidator
{
    private const int MostTurns = 40;

    /// <summary>Refuses options out of range.</summary>
    /// <exception cref="UserInputException">An option is out of range; the message names it.</exception>
    public static void Validate(ConstructionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Require(options.TurnCount is >= 1 and <= MostTurns, nameof(options.TurnCount), options.TurnCount, $"1 to {MostTurns}");
        Require(options.HardNegativeShare is >= 0 and <= 1, nameof(options.HardNegativeShare), options.HardNegativeShare, "0 to 1");
        Require(options.BlockSize >= 1, nameof(options.BlockSize), options.BlockSize, "1 or more");
    }

    private static void Require(bool isInRange, string name, IFormattable value, string range)
    {
        if (!isInRange)
        {
            throw new UserInputException($"{name} is {value.ToString(null, CultureInfo.InvariantCulture)}, not {range}");
        }
    }
}
