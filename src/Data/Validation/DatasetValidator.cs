using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Looks at every row before any is trained on. Rows are streamed: what is kept of them is a hash or a number.</summary>
public sealed class DatasetValidator
{
    private const int BatchRows = 512;

    private readonly IRowCheck[] _rowChecks;
    private readonly ISetCheck[] _setChecks;

    /// <summary>A validator for one file.</summary>
    public DatasetValidator(ValidationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<IRowCheck> rowChecks =
        [
            new RoleCheck(),
            new MarkerCheck(options.MarkersAreRequired),
            new ImageCountCheck(),
            new EmptyTextCheck(),
            new EqualAnswerCheck(),
            new TemplateTokenCheck(),
            new EncodingCheck(),
        ];
        if (options.Images is not null)
        {
            rowChecks.Add(new ImageCheck(options.Images, options.SmallestSide));
        }

        if (options.Meter is not null)
        {
            rowChecks.Add(new LengthCheck(options.Meter));
        }

        List<ISetCheck> setChecks = [new DuplicateCheck(), new BalanceCheck()];
        if (options.Evaluation is not null)
        {
            setChecks.Add(new LeakageCheck(options.Evaluation));
        }

        _rowChecks = [.. rowChecks];
        _setChecks = [.. setChecks];
    }

    /// <summary>Checks all rows; to be called once.</summary>
    /// <param name="reads">The rows, in file order.</param>
    /// <param name="report">Takes every problem, in file order.</param>
    /// <param name="progress">Takes the number of rows done, now and then.</param>
    /// <param name="cancellation">Ends the work between batches.</param>
    public ValidationSummary Validate(
        IEnumerable<RecordRead> reads, Action<DatasetProblem> report, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reads);
        ArgumentNullException.ThrowIfNull(report);
        ValidationSummary summary = new();
        foreach (RecordRead[] batch in reads.Chunk(BatchRows))
        {
            cancellation.ThrowIfCancellationRequested();
            RowFindings[] findings = new RowFindings[batch.Length];
            Parallel.For(0, batch.Length, index => findings[index] = CheckRow(batch[index]));
            for (int index = 0; index < batch.Length; index++)
            {
                if (batch[index].Record is { } record)
                {
                    Array.ForEach(_setChecks, check => check.Observe(record, findings[index]));
                }

                summary.AddRow(findings[index].Problems, findings[index].IsUntrained);
                Report(findings[index], report);
            }

            progress?.Report(summary.Rows);
        }

        RowFindings whole = new(0, null);
        Array.ForEach(_setChecks, check => check.Finish(whole));
        summary.Add(whole.Problems);
        Report(whole, report);
        return summary;
    }

    private RowFindings CheckRow(RecordRead read)
    {
        if (read.Record is not { } record)
        {
            RowProblem problem = read.Problem!;
            RowFindings shape = new(problem.Row, problem.Id) { IsUntrained = true };
            shape.Error(ProblemKind.Shape, problem.Reason, problem.Hint);
            return shape;
        }

        RowFindings findings = new(record);
        foreach (IRowCheck check in _rowChecks)
        {
            check.Check(record, findings);
        }

        return findings;
    }

    private static void Report(RowFindings findings, Action<DatasetProblem> report)
    {
        foreach (DatasetProblem problem in findings.Problems)
        {
            report(problem);
        }
    }
}
