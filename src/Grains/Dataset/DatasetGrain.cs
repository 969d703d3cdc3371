using NSft.Collectives;
using NSft.Collectives.Files;
using NSft.Data;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Dataset;

/// <summary>Checks preference rows once, off the scheduler, and spools them where it is asked to. Holds the report and no row.</summary>
[GrainType("nsft.dataset")]
internal sealed class DatasetGrain : Grain, IDatasetGrain
{
    private DatasetReport? _report;

    /// <inheritdoc/>
    public async Task<DatasetReport> OpenAsync(DatasetRequest request)
    {
        if (_report is null)
        {
            // Task.Run: reading and checking a large file would hold up the turn of other callers.
            _report = await Task.Run(() => Read(request));
            if (_report.Failure is not null)
            {
                DeactivateOnIdle();
            }
        }

        return _report;
    }

    private static DatasetReport Read(DatasetRequest request)
    {
        try
        {
            var options = new PreferenceReadOptions
            {
                ImageDirectory = request.ImageDirectory,
                RequireRejected = request.RequireRejected,
                Strict = request.Strict,
            };
            var problems = new List<string>();
            var problemCount = 0;
            var pairs = PreferenceReader.Stream(request.DataPath, options).Where(read =>
            {
                if (read.Problem is { } problem && ++problemCount <= DatasetReport.ListedProblems)
                {
                    problems.Add(problem.ToString());
                }

                return read.Pair is not null;
            }).Select(read => read.Pair!);
            var count = request.SpoolDirectory is { } directory ? PairSpoolWriter.Write(directory, pairs, request.Copies) : pairs.Count();
            return new DatasetReport(null, count, FileHash.OfPath(request.DataPath), [.. problems], problemCount);
        }
        catch (UserInputException exception)
        {
            return new DatasetReport(Failures.Of(exception, FailureKind.UserInput, request.DataPath), 0, string.Empty, [], 0);
        }
    }
}
