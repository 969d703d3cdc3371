using System.Collections.Concurrent;

namespace NSft.Embedded.Orleans.Contract;

/// <summary>Notices when two activations of one grain live at once.</summary>
internal sealed class SingleGrain(ILocalSiloDetails silo) : Grain, ISingleGrain
{
    private static readonly ConcurrentDictionary<string, string> Alive = new();
    private int _turns;

    private string Name => $"{silo.ClusterId}/{this.GetPrimaryKeyLong()}";

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (!Alive.TryAdd(Name, silo.Name))
        {
            throw new InvalidOperationException($"{Name} lives on {silo.Name} and on {Alive[Name]}.");
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Alive.TryRemove(Name, out _);
    }

    public async Task<int> Touch(bool end)
    {
        int turn = Interlocked.Increment(ref _turns);
        await Task.Yield();
        if (turn != Interlocked.Exchange(ref _turns, 0))
        {
            throw new InvalidOperationException("Two turns at once.");
        }

        if (end)
        {
            DeactivateOnIdle();
        }

        return turn;
    }
}
