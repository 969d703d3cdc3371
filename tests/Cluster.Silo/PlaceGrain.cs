using NSft.Grains.Hosting;
using Orleans;
using Orleans.Placement;
using Orleans.Runtime;

namespace NSft.Cluster.Silo;

/// <summary>Tells where it is and counts.</summary>
[RandomPlacement]
internal sealed class PlaceGrain(
    [PersistentState("tally", GrainStorageNames.State)] IPersistentState<Tally> tally,
    ILocalSiloDetails silo,
    IClusterMembershipService membership) : Grain, IPlaceGrain
{
    private readonly Guid _key = Guid.NewGuid();
    private int _waiting;

    public Task<SiloAddress> WhereAmI() => Task.FromResult(silo.SiloAddress);

    public Task<Guid> ActivationKey() => Task.FromResult(_key);

    public async Task<SiloAddress> Wait(TimeSpan time)
    {
        _waiting++;
        await Task.Delay(time);
        _waiting--;
        return silo.SiloAddress;
    }

    public Task<SiloAddress> AskToWait(IPlaceGrain other, TimeSpan time) => other.Wait(time);

    public Task<int> Waiting() => Task.FromResult(_waiting);

    public async Task<int> Increment()
    {
        tally.State.Count++;
        await tally.WriteStateAsync();
        return tally.State.Count;
    }

    public Task<int> Count() => Task.FromResult(tally.State.Count);

    public Task<SiloAddress> Ask(IPlaceGrain other) => other.WhereAmI();

    public Task<byte[]> Echo(byte[] payload) => Task.FromResult(payload);

    public async Task<SiloStatus> WaitUntil(SiloAddress silo, SiloStatus status)
    {
        await foreach (var view in membership.MembershipUpdates)
        {
            if (view.GetSiloStatus(silo) >= status)
            {
                return view.GetSiloStatus(silo);
            }
        }

        throw new InvalidOperationException("The membership ended.");
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
