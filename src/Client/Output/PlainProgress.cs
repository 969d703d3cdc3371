using System.Globalization;

namespace NSft.Client.Output;

/// <summary>Progress as lines: the first report, then one every few seconds, then the last.</summary>
internal sealed class PlainProgress(TextWriter writer, string label, string unit, TimeProvider time) : IProgress<ProgressUpdate>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _lastShown = TimeSpan.MinValue;
    private bool _isFinished;

    /// <inheritdoc/>
    public void Report(ProgressUpdate value)
    {
        lock (_gate)
        {
            TimeSpan elapsed = time.GetElapsedTime(_start);
            bool isLast = value.Total > 0 && value.Done >= value.Total && !_isFinished;
            if (!isLast && (_isFinished || (_lastShown != TimeSpan.MinValue && elapsed - _lastShown < Interval)))
            {
                return;
            }

            _lastShown = elapsed;
            _isFinished |= isLast;
            writer.WriteLine(Line(value, elapsed));
        }
    }

    private string Line(ProgressUpdate value, TimeSpan elapsed)
    {
        double rate = elapsed.TotalSeconds > 0 ? value.Done / elapsed.TotalSeconds : 0;
        string rest = rate > 0 && value.Done < value.Total
            ? string.Create(CultureInfo.InvariantCulture, $", {(value.Total - value.Done) / rate:0} s left")
            : "";
        string note = value.Note is null ? "" : ", " + value.Note;
        string total = value.Total > 0 ? string.Create(CultureInfo.InvariantCulture, $"/{value.Total}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{label}: {value.Done}{total} {unit}, {rate:0.#} {unit}/s{rest}{note}");
    }
}
