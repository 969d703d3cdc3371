using System.Diagnostics.Metrics;

namespace NSft.Collectives.Metrics;

/// <summary>
/// The living things that gauges tell of, each in a numbered seat, so that what they report stays bounded. A seat is given up when its
/// registration is disposed; one that was forgotten is found empty, as seats keep nothing alive. Any thread.
/// </summary>
/// <typeparam name="T">What tells the values.</typeparam>
/// <param name="capacity">Number of seats; what comes when all are taken is not reported.</param>
internal sealed class GaugeSources<T>(int capacity)
    where T : class
{
    private readonly Lock _gate = new();
    private readonly WeakReference<T>?[] _seats = new WeakReference<T>?[capacity];

    /// <summary>Takes the first free seat.</summary>
    /// <param name="source">What tells the values; it should keep the registration.</param>
    /// <returns>Gives the seat up when disposed.</returns>
    internal IDisposable Add(T source)
    {
        lock (_gate)
        {
            int seat = Array.FindIndex(_seats, taken => taken is null || !taken.TryGetTarget(out _));
            if (seat >= 0)
            {
                _seats[seat] = new WeakReference<T>(source);
            }

            return new Registration(this, seat < 0 ? null : _seats[seat]);
        }
    }

    /// <summary>Adds up a value of all sources.</summary>
    /// <param name="read">The value of one. On any thread.</param>
    internal double Sum(Func<T, double> read) => Seated().Sum(seated => read(seated.Source));

    /// <summary>Declares a gauge that each source tells one value of.</summary>
    /// <param name="name">Name, <c>nsft.area.thing</c>.</param>
    /// <param name="unit">Unit in UCUM.</param>
    /// <param name="description">Its meaning.</param>
    /// <param name="label">Label that tells the sources apart, by their seats.</param>
    /// <param name="read">The value; null when there is none now. Called at a scrape, on any thread.</param>
    internal void Gauge(string name, string unit, string description, string label, Func<T, double?> read) =>
        Gauge(name, unit, description, source => read(source) is { } value ? [new(value, [])] : [], label);

    /// <summary>Declares a gauge that each source tells several values of.</summary>
    /// <param name="name">Name, <c>nsft.area.thing</c>.</param>
    /// <param name="unit">Unit in UCUM.</param>
    /// <param name="description">Its meaning.</param>
    /// <param name="read">The values with their own tags. Called at a scrape, on any thread.</param>
    /// <param name="label">Label that tells the sources apart, by their seats; null where their own tags do.</param>
    internal void Gauge(string name, string unit, string description, Func<T, IEnumerable<Measurement<double>>> read, string? label) =>
        NSftMeter.Shared.CreateObservableGauge(name, () => Observe(read, label), unit, description);

    private IEnumerable<Measurement<double>> Observe(Func<T, IEnumerable<Measurement<double>>> read, string? label)
    {
        foreach ((int seat, T source) in Seated())
        {
            foreach (Measurement<double> measured in read(source))
            {
                yield return label is null
                    ? measured
                    : new Measurement<double>(measured.Value, [new(label, SeatName(seat)), .. measured.Tags]);
            }
        }
    }

    private List<(int Seat, T Source)> Seated()
    {
        var living = new List<(int, T)>();
        lock (_gate)
        {
            for (int seat = 0; seat < _seats.Length; seat++)
            {
                if (_seats[seat] is { } taken && taken.TryGetTarget(out T? source))
                {
                    living.Add((seat, source));
                }
            }
        }

        return living;
    }

    private void Remove(WeakReference<T> taken)
    {
        lock (_gate)
        {
            int seat = Array.IndexOf(_seats, taken);
            if (seat >= 0)
            {
                _seats[seat] = null;
            }
        }
    }

    private static string SeatName(int seat) => seat.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Registration(GaugeSources<T> sources, WeakReference<T>? taken) : IDisposable
    {
        public void Dispose()
        {
            if (taken is not null)
            {
                sources.Remove(taken);
            }
        }
    }
}
