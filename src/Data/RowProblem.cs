using System.Globalization;

namespace NSft.Data;

/// <summary>Why one row of a file cannot be used.</summary>
/// <param name="File">Path of the file as it was given.</param>
/// <param name="Row">Position of the row in the file, from 1.</param>
/// <param name="Id">The row's identifier, when it has a readable one.</param>
/// <param name="Reason">What is wrong, on one line.</param>
/// <param name="Hint">What to do about it, on one line.</param>
public sealed record RowProblem(string File, int Row, string? Id, string Reason, string Hint)
{
    /// <summary>The problem on one line.</summary>
    public override string ToString()
    {
        string id = Id is null ? "" : $" (id {Id})";
        return string.Create(CultureInfo.InvariantCulture, $"{File}: row {Row}{id}: {Reason}; {Hint}");
    }
}
