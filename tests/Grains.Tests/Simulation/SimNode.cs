namespace NSft.Grains.Tests.Simulation;

/// <summary>A process: what happens in it waits while it is frozen and never happens once it is dead.</summary>
/// <param name="world">Virtual time.</param>
/// <param name="name">Name in traces.</param>
internal class SimNode(SimWorld world, string name)
{
    private readonly Queue<Action> _held = new();
    private readonly List<Action<string>> _callsIn = [];

    internal string Name => name;

    internal bool IsDead { get; private set; }

    internal bool IsFrozen { get; private set; }

    protected SimWorld World => world;

    /// <summary>Does something in the process.</summary>
    internal void Post(Action action)
    {
        if (IsFrozen)
        {
            _held.Enqueue(action);
        }
        else if (!IsDead)
        {
            action();
        }
    }

    internal void After(double delay, Action action) => world.At(delay, () => Post(action));

    internal Task DelayAsync(double delay)
    {
        var done = new TaskCompletionSource();
        After(delay, done.SetResult);
        return done.Task;
    }

    internal void Kill()
    {
        if (!IsDead)
        {
            world.Note($"{name} dies");
            IsDead = true;
            IsFrozen = false;
            _held.Clear();
            Sever();
            OnKilled();
        }
    }

    internal void Freeze()
    {
        world.Note($"{name} freezes");
        IsFrozen = true;
        OnFrozen();
    }

    internal void Thaw()
    {
        if (IsDead || !IsFrozen)
        {
            return;
        }

        world.Note($"{name} goes on");
        IsFrozen = false;
        OnThawed();
        while (!IsFrozen && !IsDead && _held.TryDequeue(out var action))
        {
            action();
        }
    }

    /// <summary>The connections break: whoever waits for an answer from here learns it.</summary>
    internal void Sever()
    {
        foreach (var fail in _callsIn.ToList())
        {
            fail($"{name} is gone");
        }

        _callsIn.Clear();
    }

    internal void CallBegan(Action<string> fail) => _callsIn.Add(fail);

    internal void CallEnded(Action<string> fail) => _callsIn.Remove(fail);

    protected virtual void OnKilled()
    {
    }

    protected virtual void OnFrozen()
    {
    }

    protected virtual void OnThawed()
    {
    }
}
