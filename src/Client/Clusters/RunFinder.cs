using NSft.Client.Parsing;
using NSft.Collectives;
using NSft.Grains.Contracts.Messages;

namespace NSft.Client.Clusters;

/// <summary>Which run a user means: by id, name (the last run that has it), unique start of either, or <c>last</c>. Pure.</summary>
internal static class RunFinder
{
    /// <summary>The word for the run that was started last.</summary>
    public const string Last = "last";

    /// <summary>What help says of the argument.</summary>
    public const string Description = "Id or name of the run, a unique start of either, or last";

    /// <summary>Start of all run ids.</summary>
    public const string IdPrefix = "run-";

    /// <summary>The run meant.</summary>
    /// <exception cref="UserInputException">None is, or several are.</exception>
    public static RunSummary Find(string word, IReadOnlyList<RunSummary> runs)
    {
        if (runs.Count == 0)
        {
            throw new UserInputException($"{word}: the cluster has no runs yet; start one with nsft train --detach");
        }

        if (word == Last)
        {
            return runs.OrderBy(run => run.StartedAt).Last();
        }

        // A name that is used again means the run that has it now.
        RunSummary? exact = runs.FirstOrDefault(run => run.RunId == word) ?? runs.Where(run => run.Name == word).MaxBy(run => run.StartedAt);
        RunSummary[] found = exact is not null ? [exact] : [.. runs.Where(run => StartsWith(run, word))];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new UserInputException($"{word}: no such run{Hint(word, runs)}"),
            _ => throw new UserInputException($"{word}: {found.Length} runs are called so: {string.Join(", ", found.Select(Title))}; say more of the id"),
        };
    }

    private static bool StartsWith(RunSummary run, string word) =>
        run.RunId.StartsWith(word, StringComparison.Ordinal)
        || run.RunId.StartsWith(IdPrefix + word, StringComparison.Ordinal)
        || run.Name?.StartsWith(word, StringComparison.Ordinal) == true;

    private static string Hint(string word, IReadOnlyList<RunSummary> runs)
    {
        string? near = Suggestion.Nearest(word, runs.SelectMany(run => run.Name is null ? [run.RunId] : new[] { run.RunId, run.Name }).Append(Last));
        return near is null ? "; nsft runs lists them" : $"; did you mean {near}?";
    }

    private static string Title(RunSummary run) => run.Name is null ? run.RunId : $"{run.RunId} ({run.Name})";
}
