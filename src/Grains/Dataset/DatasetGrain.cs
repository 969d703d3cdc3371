using NSft.Collectives;
using NSft.Data;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Dataset;

/// <summary>Reads a file of preference rows once, off the scheduler, and serves it.</summary>
[GrainType("nsft.dataset")]
internal sealed class DatasetGrain : Grain, IDatasetGrain
{
    private IReadOnlyList<PreferencePair>? _rows;
    private DatasetReport? _report;

    /// <inheritdoc/>
    public async Task<DatasetReport> OpenAsync(DatasetRequest request)
    {
        if (_report is null)
        {
            // Task.Run: reading and checking a large file would hold up the turn of this grain's readers.
            (_rows, _report) = await Task.Run(() => Read(request));
            if (_report.Failure is not null)
            {
                DeactivateOnIdle();
            }
        }

        return _report;
    }

    /// <inheritdoc/>
    public Task<PairMessage[]> ReadAsync(int start, int count)
    {
        var rows = _rows ?? throw new InvalidOperationException($"Dataset {this.GetPrimaryKeyString()} is not open.");
        return Task.FromResult<PairMessage[]>([.. rows.Skip(start).Take(count).Select(PairMessages.From)]);
    }

    private static (IReadOnlyList<PreferencePair>? Rows, DatasetReport Report) Read(DatasetRequest request)
    {
        try
        {
            var options = new PreferenceReadOptions
            {
                ImageDirectory = request.ImageDirectory,
                RequireRejected = request.RequireRejected,
                Strict = request.Strict,
            };
            var outcome = PreferenceReader.Read(request.DataPath, options);
            string[] problems = [.. outcome.Problems.Select(problem => problem.ToString())];
            return (outcome.Rows, new DatasetReport(null, outcome.Rows.Count, ContentHash.OfFile(request.DataPath), problems));
        }
        catch (UserInputException exception)
        {
            return (null, new DatasetReport(Failures.Of(exception, FailureKind.UserInput, request.DataPath), 0, string.Empty, []));
        }
    }
}
