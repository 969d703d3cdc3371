using System.Diagnostics.Metrics;

namespace NSft.Collectives.Metrics;

/// <summary>A counter with one total for each combination of label values that are known beforehand. Any thread; adding allocates nothing.</summary>
/// <remarks>
/// Totals are reported at every scrape from the start, with 0: a counter that first appeared with its first count would hide that count
/// from <c>increase()</c>, and exporters forget what was not reported for some minutes.
/// </remarks>
internal sealed class CounterFamily
{
    private readonly LabelSet _labels;
    private readonly double[] _totals;

    /// <summary>Declares a counter.</summary>
    /// <param name="name">Name, <c>nsft.area.thing</c>.</param>
    /// <param name="unit">Unit in UCUM.</param>
    /// <param name="description">Its meaning.</param>
    /// <param name="labels">Labels with all their values.</param>
    internal CounterFamily(string name, string unit, string description, params LabelValues[] labels)
    {
        _labels = new LabelSet(labels);
        _totals = new double[_labels.Count];
        NSftMeter.Shared.CreateObservableCounter(name, Observe, unit, description);
    }

    /// <summary>Counts.</summary>
    /// <param name="amount">How much, at least 0.</param>
    /// <param name="values">A value for each label; one that is not known counts as the last one of its label.</param>
    internal void Add(double amount, params ReadOnlySpan<string> values)
    {
        ref double total = ref _totals[_labels.IndexOf(values)];
        double seen = Volatile.Read(ref total);
        while (true)
        {
            double before = Interlocked.CompareExchange(ref total, seen + amount, seen);
            if (before.Equals(seen))
            {
                return;
            }

            seen = before;
        }
    }

    /// <summary>The total so far.</summary>
    /// <param name="values">A value for each label.</param>
    internal double Total(params ReadOnlySpan<string> values) => Volatile.Read(ref _totals[_labels.IndexOf(values)]);

    private IEnumerable<Measurement<double>> Observe()
    {
        for (int i = 0; i < _totals.Length; i++)
        {
            yield return new Measurement<double>(Volatile.Read(ref _totals[i]), _labels.Tags(i));
        }
    }
}
