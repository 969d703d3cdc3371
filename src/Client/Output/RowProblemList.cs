using System.Globalization;
using NSft.Data;

namespace NSft.Client.Output;

/// <summary>Lists rows that cannot be used, on standard error.</summary>
internal static class RowProblemList
{
    private const int LongestList = 10;

    /// <summary>Lists the first problems and counts all; nothing when there is none.</summary>
    public static void Write(IReadOnlyList<RowProblem> problems) => Write([.. problems.Select(problem => problem.ToString())]);

    /// <summary>Lists the first problems, one line each, and counts all; nothing when there is none.</summary>
    public static void Write(IReadOnlyList<string> problems) => Write(problems, problems.Count);

    /// <summary>Lists the first problems, one line each, and says how many there are.</summary>
    public static void Write(IReadOnlyList<string> problems, int count)
    {
        foreach (string problem in problems.Take(LongestList))
        {
            Console.Error.WriteLine($"nsft: skipped: {FailureReport.OneLine(problem)}");
        }

        if (count > 0)
        {
            int more = Math.Max(0, count - LongestList);
            string rest = more > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({more} not listed)") : "";
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"nsft: {count} rows cannot be used{rest}; --strict makes them errors"));
        }
    }
}
