using System.Diagnostics;
using NSft.Client.Output;

namespace NSft.Client.Datasets;

/// <summary>Shows how many rows are done of about how many, once the work has gone on for a while: short work stays silent.</summary>
/// <param name="target">Takes the updates.</param>
/// <param name="estimate">About how many rows there are; 0 when nobody knows.</param>
internal sealed class RowProgress(IProgress<ProgressUpdate> target, long estimate) : IProgress<long>
{
    private const int Interval = 500;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _time = Stopwatch.StartNew();
    private long _rows;
    private bool _isShown;

    /// <inheritdoc/>
    public void Report(long value)
    {
        _rows = value;
        _isShown |= _time.Elapsed > Silence;
        if (_isShown)
        {
            target.Report(new ProgressUpdate(value, estimate == 0 ? 0 : Math.Max(estimate, value + 1)));
        }
    }

    /// <summary>Says that all is done.</summary>
    public void Finish()
    {
        if (_isShown)
        {
            target.Report(new ProgressUpdate(_rows, _rows));
        }
    }

    /// <summary>Counts rows as they pass, and ends when the user ends the verb.</summary>
    public IEnumerable<T> Count<T>(IEnumerable<T> rows, CancellationToken cancellation)
    {
        foreach (T row in rows)
        {
            if (++_rows % Interval == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                Report(_rows);
            }

            yield return row;
        }
    }

    /// <summary>Runs synchronous work on rows with progress on standard error.</summary>
    public static Task<T> RunAsync<T>(string label, long estimate, Func<RowProgress, T> work) =>
        ConsoleProgress.RunAsync(label, "rows", progress => Task.Run(() =>
        {
            RowProgress rows = new(progress, estimate);
            T result = work(rows);
            rows.Finish();
            return result;
        }));
}
