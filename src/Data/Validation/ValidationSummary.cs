namespace NSft.Data.Validation;

/// <summary>What a validation found, counted.</summary>
public sealed class ValidationSummary
{
    private readonly SortedDictionary<ProblemKind, (long Errors, long Warnings)> _counts = [];

    /// <summary>Rows looked at, unreadable ones included.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows with at least one error.</summary>
    public long RowsWithErrors { get; private set; }

    /// <summary>Rows on which nothing is trained.</summary>
    public long UntrainedRows { get; private set; }

    /// <summary>Errors in all.</summary>
    public long Errors { get; private set; }

    /// <summary>Warnings in all.</summary>
    public long Warnings { get; private set; }

    /// <summary>Errors and warnings by kind, kinds without any left out.</summary>
    public IReadOnlyDictionary<ProblemKind, (long Errors, long Warnings)> Counts => _counts;

    internal void AddRow(IReadOnlyList<DatasetProblem> problems, bool isUntrained)
    {
        Rows++;
        UntrainedRows += isUntrained ? 1 : 0;
        if (problems.Count > 0)
        {
            RowsWithErrors += problems.Any(problem => problem.Severity == ProblemSeverity.Error) ? 1 : 0;
            Add(problems);
        }
    }

    internal void Add(IReadOnlyList<DatasetProblem> problems)
    {
        foreach (DatasetProblem problem in problems)
        {
            (long errors, long warnings) = _counts.GetValueOrDefault(problem.Kind);
            bool isError = problem.Severity == ProblemSeverity.Error;
            _counts[problem.Kind] = isError ? (errors + 1, warnings) : (errors, warnings + 1);
            Errors += isError ? 1 : 0;
            Warnings += isError ? 0 : 1;
        }
    }
}
