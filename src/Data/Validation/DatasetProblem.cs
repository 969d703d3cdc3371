using System.Globalization;

namespace NSft.Data.Validation;

/// <summary>One thing that is wrong with a row, or with the whole set.</summary>
/// <param name="Row">Position of the row in its file, from 1; 0 for the set.</param>
/// <param name="Id">The row's identifier, when it has one.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Reason">The details on one line.</param>
/// <param name="Hint">What to do about it, on one line.</param>
public sealed record DatasetProblem(int Row, string? Id, ProblemKind Kind, ProblemSeverity Severity, string Reason, string Hint)
{
    /// <summary>The problem on one line.</summary>
    public override string ToString()
    {
        string id = Id is null ? "" : $" (id {Id})";
        string place = Row > 0 ? string.Create(CultureInfo.InvariantCulture, $"row {Row}{id}") : "all rows";
        return $"{place}: {Reason}; {Hint}";
    }
}
