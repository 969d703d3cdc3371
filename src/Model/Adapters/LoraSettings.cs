using System.Text.RegularExpressions;

namespace NSft.Model.Adapters;

/// <summary>What adapter_config.json says about ranks, scales and targets.</summary>
internal sealed record LoraSettings
{
    internal const string ExcludesVisionTower = ".*vision_tower.*";

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    internal required int Rank { get; init; }

    internal required double Alpha { get; init; }

    internal bool UsesRankStabilizedScale { get; init; }

    /// <summary>Name endings; empty when <see cref="TargetExpression"/> chooses.</summary>
    internal IReadOnlyList<string> TargetModules { get; init; } = [];

    /// <summary>Expression over whole module names, or null.</summary>
    internal string? TargetExpression { get; init; }

    internal IReadOnlyList<string> ExcludeModules { get; init; } = [];

    internal string? ExcludeExpression { get; init; }

    internal IReadOnlyDictionary<string, int> RankPattern { get; init; } = new Dictionary<string, int>();

    internal IReadOnlyDictionary<string, double> AlphaPattern { get; init; } = new Dictionary<string, double>();

    /// <summary>Whether PEFT would adapt a module; names in any of the model's forms may be given.</summary>
    /// <param name="moduleNames">The module's name in every form of names.</param>
    internal bool Targets(params string[] moduleNames) =>
        !moduleNames.Any(name => Matches(name, ExcludeModules, ExcludeExpression))
        && moduleNames.Any(name => Matches(name, TargetModules, TargetExpression));

    internal int RankOf(string[] moduleNames) => Find(RankPattern, moduleNames, Rank);

    internal double ScaleOf(string[] moduleNames)
    {
        int rank = RankOf(moduleNames);
        double alpha = Find(AlphaPattern, moduleNames, Alpha);
        return alpha / (UsesRankStabilizedScale ? Math.Sqrt(rank) : rank);
    }

    private static bool Matches(string name, IReadOnlyList<string> endings, string? expression) =>
        endings.Any(ending => name == ending || name.EndsWith("." + ending, StringComparison.Ordinal))
        || (expression is not null && IsWhole(expression, name));

    private static T Find<T>(IReadOnlyDictionary<string, T> patterns, string[] moduleNames, T otherwise)
    {
        foreach ((string pattern, T value) in patterns)
        {
            if (moduleNames.Any(name => IsWhole($@"(.*\.)?({pattern})", name)))
            {
                return value;
            }
        }

        return otherwise;
    }

    private static bool IsWhole(string expression, string name) =>
        Regex.IsMatch(name, $@"\A(?:{expression})\z", RegexOptions.CultureInvariant, MatchTimeout);
}
