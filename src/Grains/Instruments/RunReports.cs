using System.Runtime.CompilerServices;

namespace NSft.Grains.Instruments;

/// <summary>
/// The runs that a silo reports. They end with the silo, also when its activations were not told: a process whose silo was declared dead
/// joins again, and must not go on to report runs that others coordinate now.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RunReports(TimeProvider time) : IDisposable
{
    private readonly ConditionalWeakTable<RunGauges, object> _open = [];

    /// <summary>A run that the silo reports from now on, until the gauges are disposed.</summary>
    internal RunGauges Begin()
    {
        var gauges = new RunGauges(time);
        _open.Add(gauges, this);
        return gauges;
    }

    /// <summary>The silo has ended.</summary>
    public void Dispose()
    {
        foreach (var (gauges, _) in _open)
        {
            gauges.Dispose();
        }
    }
}
