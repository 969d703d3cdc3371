using System.Globalization;
using NSft.Client.Output;
using NSft.Data.Validation;
using Spectre.Console;

namespace NSft.Client.Datasets;

/// <summary>Says what a validation found.</summary>
internal sealed record ValidationReport(DatasetInput Input, ValidationSummary Summary, ProblemList Problems, TimeSpan Duration, bool IsGood)
{
    private double UntrainedShare => Summary.Rows == 0 ? 0 : (double)Summary.UntrainedRows / Summary.Rows;

    /// <summary>Writes it to standard output.</summary>
    public void Write(bool asJson)
    {
        if (asJson)
        {
            ConsoleOutput.WriteJson(new
            {
                Data = Input.Path,
                Format = Input.Format.Name,
                Valid = IsGood,
                Summary.Rows,
                Summary.RowsWithErrors,
                Summary.UntrainedRows,
                UntrainedShare,
                Summary.Errors,
                Summary.Warnings,
                ByKind = Summary.Counts.ToDictionary(kind => ProblemJson.NameOf(kind.Key), kind => new { kind.Value.Errors, kind.Value.Warnings }),
                Problems = Problems.All.Select(ProblemJson.Of),
                Seconds = Duration.TotalSeconds,
            });
            return;
        }

        WriteText();
    }

    private void WriteText()
    {
        foreach (DatasetProblem problem in Problems.All)
        {
            ConsoleOutput.WriteLine(FailureReport.OneLine($"{ProblemJson.NameOf(problem.Severity)}: {problem}"));
        }

        if (Summary.Counts.Count > 0)
        {
            Table table = new Table().Border(TableBorder.Simple).AddColumns("kind", "errors", "warnings", "listed");
            foreach ((ProblemKind kind, (long errors, long warnings)) in Summary.Counts)
            {
                long listed = Math.Min(errors, Problems.Most) + Math.Min(warnings, Problems.Most);
                table.AddRow(ProblemJson.NameOf(kind), Number(errors), Number(warnings), Number(listed));
            }

            ConsoleOutput.WriteTable(table);
        }

        string verdict = IsGood ? "good" : "not good";
        ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Input.Path} ({Input.Format.Name}): {verdict}: {Summary.Errors} errors in {Summary.RowsWithErrors} of {Summary.Rows} rows, {Summary.Warnings} warnings, {UntrainedShare:0.##%} of the rows train nothing; {Duration.TotalSeconds:0.0} s"));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
