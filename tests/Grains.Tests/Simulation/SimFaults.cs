namespace NSft.Grains.Tests.Simulation;

/// <summary>Draws what goes wrong with messages, until the world becomes calm.</summary>
/// <param name="world">Virtual time and the generator.</param>
/// <param name="schedule">How bad the world is.</param>
internal sealed class SimFaults(SimWorld world, SimSchedule schedule)
{
    private const double TargetedRate = 0.15;

    private int _crashesLeft = schedule.CrashBudget;

    internal bool IsCalm => world.Now >= schedule.CalmAfter;

    /// <summary>Seconds after which a call whose message was lost fails; some wait much longer than any deadline.</summary>
    internal double CallTimeout => world.Chance(0.5) ? world.Uniform(1, 30) : 7200;

    internal double Delay(string what) =>
        Strikes(what, schedule.SlowRate) ? world.Uniform(0, 4) : world.Uniform(0.0005, 0.02);

    internal bool Loses(string what) => Strikes(what, schedule.LossRate);

    internal bool Duplicates() => !IsCalm && world.Chance(schedule.DuplicateRate);

    /// <summary>A process may die or freeze just before or after a message.</summary>
    internal void AtMessage(SimNode node, string what)
    {
        if (_crashesLeft == 0 || node.IsDead || node.IsFrozen || !Strikes(what, schedule.CrashRate))
        {
            return;
        }

        _crashesLeft--;
        if (world.Chance(0.6))
        {
            node.Kill();
        }
        else
        {
            node.Freeze();
            world.At(world.Uniform(0.1, 30), node.Thaw);
        }
    }

    /// <summary>Faults that gather at one kind of message are frequent there and absent elsewhere.</summary>
    private bool Strikes(string what, double rate) =>
        !IsCalm && rate > 0 && (schedule.Target is null ? world.Chance(rate) : schedule.Target == what && world.Chance(TargetedRate));
}
