using Microsoft.Extensions.Logging;
using NSft.Collectives;
using NSft.Collectives.Files;
using NSft.Data;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.LocalCopies;

namespace NSft.Grains.Dataset;

/// <summary>Checks preference rows once, off the scheduler, and spools them where it is asked to. Holds the report and no row.</summary>
/// <param name="cache">Local copies of what lies at addresses.</param>
/// <param name="time">Clock of progress.</param>
/// <param name="logger">Told of progress.</param>
[GrainType("nsft.dataset")]
internal sealed class DatasetGrain(CopyCache cache, TimeProvider time, ILogger<DatasetGrain> logger) : Grain, IDatasetGrain
{
    private DatasetReport? _report;

    /// <inheritdoc/>
    public async Task<DatasetReport> OpenAsync(DatasetRequest request)
    {
        if (_report is null)
        {
            // Task.Run: reading and checking a large file would hold up the turn of other callers.
            _report = await Task.Run(() => ReadAsync(request));
            if (_report.Failure is not null)
            {
                DeactivateOnIdle();
            }
        }

        return _report;
    }

    private async Task<DatasetReport> ReadAsync(DatasetRequest request)
    {
        using var copies = new CopySet(cache);
        try
        {
            var data = await copies.CopyAsync(request.DataPath, new FetchProgressLog(logger, time), CancellationToken.None);
            var images = request.ImageDirectory is { } folder ? await copies.PlaceAsync(folder, StayAsync, CancellationToken.None) : null;
            foreach (var place in request.Places ?? [])
            {
                await copies.PlaceAsync(place, StayAsync, CancellationToken.None);
            }

            var remote = copies.Find(request.ImageDirectory ?? "");
            var report = Read(request, data, images, remote is null ? null : remote.Has);
            return report with { ContentHash = copies.Identity(report.ContentHash), Problems = [.. report.Problems.Select(copies.Explain)] };
        }
        catch (UserInputException exception)
        {
            return new DatasetReport(Failures.Of(copies.Explain(exception), FailureKind.UserInput, request.DataPath), 0, string.Empty, [], 0);
        }

        // What is there is all that is asked here.
        static Task StayAsync(LocalCopy copy) => Task.CompletedTask;
    }

    private static DatasetReport Read(DatasetRequest request, string data, string? images, Func<string, bool>? hasImage)
    {
        var options = new PreferenceReadOptions
        {
            ImageDirectory = images,
            HasImage = hasImage,
            RequireRejected = request.RequireRejected,
            Strict = request.Strict,
        };
        var problems = new List<string>();
        var problemCount = 0;
        var pairs = PreferenceReader.Stream(data, options).Where(read =>
        {
            if (read.Problem is { } problem && ++problemCount <= DatasetReport.ListedProblems)
            {
                problems.Add(problem.ToString());
            }

            return read.Pair is not null;
        }).Select(read => read.Pair!);
        var count = request.SpoolDirectory is { } directory ? PairSpoolWriter.Write(directory, pairs, request.Copies) : pairs.Count();
        return new DatasetReport(null, count, FileHash.OfPath(data), [.. problems], problemCount);
    }
}
