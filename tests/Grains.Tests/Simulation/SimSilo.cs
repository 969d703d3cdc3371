namespace NSft.Grains.Tests.Simulation;

/// <summary>A silo with places for workers. Declared dead half a second after its death, or when it was frozen for three.</summary>
internal sealed class SimSilo(SimCluster cluster, string name, int slots) : SimNode(cluster.World, name)
{
    private readonly SimWorker?[] _slots = new SimWorker?[slots];
    private double _frozenAt;

    internal bool IsDeclaredDead { get; private set; }

    internal bool IsDraining { get; set; }

    internal IEnumerable<SimWorker> Workers => _slots.Where(worker => worker is not null).Select(worker => worker!);

    internal IEnumerable<int> FreeSlots => Enumerable.Range(0, _slots.Length).Where(slot => _slots[slot] is null);

    /// <summary>A new worker in a place; null when the place is taken.</summary>
    internal SimWorker? TryMake(string key, int slot) =>
        _slots[slot] is not null || IsDraining ? null : _slots[slot] = new SimWorker(cluster, this, key, slot);

    internal void Leave(SimWorker worker) => _slots[worker.Device] = null;

    protected override void OnKilled() => World.At(World.Uniform(0.05, 0.6), DeclareDead);

    protected override void OnFrozen()
    {
        _frozenAt = World.Now;
        World.At(3, () =>
        {
            if (IsFrozen && World.Now - _frozenAt >= 2.99)
            {
                DeclareDead();
            }
        });
    }

    protected override void OnThawed()
    {
        if (IsDeclaredDead)
        {
            // It finds out before long; until then it believes in itself.
            World.At(World.Uniform(0, 3), Kill);
        }
    }

    private void DeclareDead()
    {
        if (!IsDeclaredDead)
        {
            World.Note($"{Name} is declared dead");
            IsDeclaredDead = true;
            Sever();
            cluster.MembershipChanged();
        }
    }
}
