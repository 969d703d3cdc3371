using NSft.Grains.Contracts.Messages;

namespace NSft.Client.Clusters;

/// <summary>A run as lines: one at each change of phase or view, and one every few seconds in between.</summary>
/// <param name="writer">Receives the lines.</param>
/// <param name="title">Stands before each line.</param>
/// <param name="monitor">Keeps the numbers.</param>
/// <param name="time">Clock of the pauses.</param>
/// <param name="interval">Longest silence while there is something to tell.</param>
internal sealed class LineReport(TextWriter writer, string title, RunMonitor monitor, TimeProvider time, TimeSpan interval)
{
    private (RunPhase Phase, long View, int Workers)? _shown;
    private long _shownAt;

    /// <summary>Takes the next status.</summary>
    public void Take(RunStatus status)
    {
        monitor.Take(status);
        (RunPhase, long, int) now = (status.Phase, status.View?.Version ?? 0, status.Workers.Length);
        if (_shown == now && time.GetElapsedTime(_shownAt) < interval)
        {
            return;
        }

        _shown = now;
        _shownAt = time.GetTimestamp();
        writer.WriteLine($"{title}: {monitor.Line()}");
    }
}
