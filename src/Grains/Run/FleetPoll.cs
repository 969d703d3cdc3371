using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>Asks the fleet for devices while a run wants workers, more slowly the longer it waits.</summary>
/// <param name="time">The clock.</param>
internal sealed class FleetPoll(TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private TimeSpan _pause = Shortest;
    private long? _asked;

    /// <summary>Asks, if it is time to.</summary>
    /// <returns>What the run learns.</returns>
    internal async Task<IReadOnlyList<RunEvent>> AskAsync(RunStateMachine machine, IFleetGrain fleet)
    {
        var wanted = machine.WantedWorkers;
        if (wanted == 0)
        {
            _pause = Shortest;
            return [];
        }

        var pause = TimeSpan.FromTicks(Math.Max(_pause.Ticks, machine.OpenBackoff.Ticks));
        if (_asked is { } asked && time.GetElapsedTime(asked) < pause)
        {
            return [];
        }

        _asked = time.GetTimestamp();
        _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 3 / 2, Longest.Ticks));
        try
        {
            var grants = await fleet.AcquireAsync(wanted);
            List<RunEvent> events = grants.Length > 0 ? [new RunEvent.Granted(grants)] : [];
            if (grants.Length < wanted)
            {
                events.Add(new RunEvent.FleetExhausted());
            }

            return events;
        }
        catch (Exception exception) when (Failures.IsLostCall(exception))
        {
            // The fleet's silo is gone; it comes back on another one.
            return [];
        }
    }
}
