using System.Text.Json;
using NSft.Client.Output;
using NSft.Data.Validation;

namespace NSft.Client.Datasets;

/// <summary>A problem as the JSON of reports.</summary>
/// <param name="Row">Position in the file, from 1; 0 for all rows together.</param>
/// <param name="Id">Identifier of the row.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Severity">error or warning.</param>
/// <param name="Reason">The details.</param>
/// <param name="Hint">What to do.</param>
internal sealed record ProblemJson(int Row, string? Id, string Kind, string Severity, string Reason, string Hint)
{
    /// <summary>The JSON form of a problem.</summary>
    public static ProblemJson Of(DatasetProblem problem) => new(
        problem.Row, problem.Id, NameOf(problem.Kind), NameOf(problem.Severity), problem.Reason, problem.Hint);

    /// <summary>A problem as one line of JSON.</summary>
    public static string Line(DatasetProblem problem) => JsonSerializer.Serialize(Of(problem), ConsoleOutput.Json);

    /// <summary>A word of ours as reports write it: small letters and hyphens.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
