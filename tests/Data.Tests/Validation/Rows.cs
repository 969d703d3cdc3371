using NSft.Data.Formats;
using NSft.Data.Validation;

namespace NSft.Data.Tests.Validation;

/// <summary>Rows for the checks, good unless a test makes them bad, and what a validation says of them.</summary>
internal static class Rows
{
    public static DatasetMessage Human(string text) => new(DatasetRole.Human, text);

    public static DatasetMessage Assistant(string text) => new(DatasetRole.Assistant, text);

    public static DatasetRecord Pair(
        int row, string chosen = "A red cube.", string? rejected = "A blue ball.", string question = "What is there?", string? image = null) => new(
            $"id-{row}",
            [new DatasetImage(image ?? $"{row}.jpg", null)],
            [Human(question)],
            [Assistant(chosen)],
            rejected is null ? null : [Assistant(rejected)])
        {
            Row = row,
        };

    public static (ValidationSummary Summary, List<DatasetProblem> Problems) Validate(ValidationOptions options, params IEnumerable<DatasetRecord> records)
    {
        List<DatasetProblem> problems = [];
        ValidationSummary summary = new DatasetValidator(options).Validate(records.Select(record => new RecordRead(record, null)), problems.Add);
        return (summary, problems);
    }

    /// <summary>The one problem of some rows.</summary>
    public static DatasetProblem Single(ProblemKind kind, ProblemSeverity severity, DatasetRecord record, ValidationOptions? options = null)
    {
        (ValidationSummary summary, List<DatasetProblem> problems) = Validate(options ?? new ValidationOptions(), record);
        DatasetProblem problem = Assert.Single(problems);
        Assert.Equal((kind, severity, record.Row), (problem.Kind, problem.Severity, problem.Row));
        Assert.NotEmpty(problem.Hint);
        Assert.DoesNotContain('\n', problem.ToString());
        Assert.Equal(severity == ProblemSeverity.Error ? 1 : 0, summary.RowsWithErrors);
        return problem;
    }
}
