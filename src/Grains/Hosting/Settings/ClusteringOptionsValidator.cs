using System.Globalization;
using Microsoft.Extensions.Options;

namespace NSft.Grains.Hosting.Settings;

/// <summary>Checks a cluster's options before a silo joins it or a client connects.</summary>
public sealed class ClusteringOptionsValidator : IValidateOptions<ClusteringOptions>
{
    private const int MostMissedProbes = 100;
    private const int MostVotes = 10;
    private const int ShortestTable = 3;
    private const int LongestTable = 63;

    private static readonly TimeSpan ShortestProbe = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestProbe = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ClusteringOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> problems = [.. NameProblems(options), .. TimeProblems(options)];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> NameProblems(ClusteringOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ClusterId))
        {
            yield return "Clustering:ClusterId is empty";
        }

        if (string.IsNullOrWhiteSpace(options.ServiceId))
        {
            yield return "Clustering:ServiceId is empty";
        }

        if (options.Table is not { Length: >= ShortestTable and <= LongestTable } table || !char.IsAsciiLetter(table[0]) || !table.All(char.IsAsciiLetterOrDigit))
        {
            yield return $"Clustering:Table cannot be '{options.Table}': give 3 to 63 letters and digits, a letter first";
        }

        if (options.AccountUri is { } uri && (!uri.IsAbsoluteUri || uri.Scheme is not ("https" or "http")))
        {
            yield return $"Clustering:AccountUri cannot be {uri}: give https://ACCOUNT.table.core.windows.net";
        }
    }

    private static IEnumerable<string> TimeProblems(ClusteringOptions options)
    {
        if (options.ProbePeriod < ShortestProbe || options.ProbePeriod > LongestProbe)
        {
            yield return $"Clustering:ProbePeriod cannot be {options.ProbePeriod}: give {ShortestProbe} to {LongestProbe}";
        }

        if (options.MissedProbes is < 1 or > MostMissedProbes)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Clustering:MissedProbes cannot be {options.MissedProbes}: give 1 to {MostMissedProbes}");
        }

        if (options.DeathVotes is < 1 or > MostVotes)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Clustering:DeathVotes cannot be {options.DeathVotes}: give 1 to {MostVotes}");
        }
    }
}
