using System.Globalization;

namespace NSft.Grains.Tests.Simulation;

/// <summary>Virtual time, one seeded generator and one queue of events: the same seed gives the same schedule, event for event.</summary>
internal sealed class SimWorld
{
    private readonly PriorityQueue<Action, (double Time, long Order)> _queue = new();
    private readonly List<string>? _trace;
    private long _order;

    /// <summary>An empty world at time 0.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="isTracing">Keep a line for each thing that happens.</param>
    internal SimWorld(int seed, bool isTracing)
    {
        Random = new Random(seed);
        _trace = isTracing ? [] : null;
    }

    internal Random Random { get; }

    internal double Now { get; private set; }

    internal long EventCount { get; private set; }

    internal bool IsTracing => _trace is not null;

    internal IReadOnlyList<string> Trace => _trace ?? [];

    internal void At(double delay, Action action) => _queue.Enqueue(action, (Now + delay, _order++));

    internal bool Chance(double probability) => probability > 0 && Random.NextDouble() < probability;

    internal double Uniform(double from, double to) => from + ((to - from) * Random.NextDouble());

    /// <summary>Does the next thing; false when nothing is left to do.</summary>
    internal bool Step()
    {
        if (!_queue.TryDequeue(out var action, out var when))
        {
            return false;
        }

        Now = when.Time;
        EventCount++;
        action();
        return true;
    }

    /// <summary>The first thing that must not happen; null while all is well.</summary>
    internal Exception? Failure { get; private set; }

    /// <summary>Begins work whose exceptions nobody else sees.</summary>
    internal void Begin(Func<Task> work) => _ = GuardAsync(work);

    internal void Require(bool holds, FormattableString otherwise)
    {
        if (!holds)
        {
            Fail(new SimViolationException(otherwise.ToString(CultureInfo.InvariantCulture)));
        }
    }

    internal void Note(FormattableString line) =>
        _trace?.Add(string.Create(CultureInfo.InvariantCulture, $"{Now,10:F3} {line.ToString(CultureInfo.InvariantCulture)}"));

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
#pragma warning disable CA1031 // Whatever it is, the schedule has failed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }
    }

    private void Fail(Exception exception)
    {
        Note($"FAILED: {exception.Message}");
        Failure ??= exception;
    }
}
