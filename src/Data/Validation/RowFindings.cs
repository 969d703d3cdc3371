using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Collects what the checks find in one row.</summary>
/// <param name="row">Position of the row, from 1; 0 for the set.</param>
/// <param name="id">The row's identifier, when it has one.</param>
public sealed class RowFindings(int row, string? id)
{
    private const int LongestShown = 80;

    private List<DatasetProblem>? _problems;

    /// <summary>Findings of a row.</summary>
    public RowFindings(DatasetRecord record)
        : this((record ?? throw new ArgumentNullException(nameof(record))).Row, Shown(record.Id))
    {
    }

    /// <summary>What was found, in the order of the checks.</summary>
    public IReadOnlyList<DatasetProblem> Problems => _problems ?? (IReadOnlyList<DatasetProblem>)[];

    /// <summary>Whether nothing is trained on in this row.</summary>
    public bool IsUntrained { get; set; }

    /// <summary>Notes something that makes the row useless or harmful.</summary>
    public void Error(ProblemKind kind, string reason, string hint) => Add(kind, ProblemSeverity.Error, reason, hint);

    /// <summary>Notes something that may be meant.</summary>
    public void Warn(ProblemKind kind, string reason, string hint) => Add(kind, ProblemSeverity.Warning, reason, hint);

    /// <summary>A text as it can stand in a line: without control characters and not too long.</summary>
    public static string Shown(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string start = text.Length <= LongestShown ? text : text[..(char.IsHighSurrogate(text[LongestShown - 1]) ? LongestShown - 1 : LongestShown)] + "...";
        return start.Any(char.IsControl) ? new string([.. start.Select(letter => char.IsControl(letter) ? ' ' : letter)]) : start;
    }

    private void Add(ProblemKind kind, ProblemSeverity severity, string reason, string hint)
    {
        _problems ??= [];
        _problems.Add(new DatasetProblem(row, id, kind, severity, reason, hint));
    }
}
