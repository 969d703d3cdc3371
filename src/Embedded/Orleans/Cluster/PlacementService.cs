using Orleans.Runtime.Placement;

namespace Orleans.Runtime;

/// <summary>Chooses silos for new activations.</summary>
internal sealed class PlacementService(Silo silo)
{
    private uint _dice = (uint)silo.Address.GetHashCode();

    /// <summary>Reserves a silo for a grain and returns the grain's silo, which another caller may have chosen; null if no silo is active.</summary>
    public async ValueTask<SiloAddress?> ChooseAsync(GrainClass grain, RequestMessage request)
    {
        SiloAddress[] silos = silo.Hub.Membership.Active;
        if (silos.Length == 0)
        {
            return null;
        }

        SiloAddress choice = Hint(request, silos) ?? grain.Placement.Pick(
            new PlacementQuestion(request.Target, silo.Address, silos, silo.Hub.Directory.CountsOf(silos), Throw()));
        return await silo.Hub.Directory.ReserveAsync(request.Target, choice).ConfigureAwait(false);
    }

    private static SiloAddress? Hint(RequestMessage request, SiloAddress[] silos) =>
        request.Context is not null && request.Context.TryGetValue(IPlacementDirector.PlacementHintKey, out object? hint)
        && hint is SiloAddress wanted && Array.IndexOf(silos, wanted) >= 0 ? wanted : null;

    /// <summary>A well-mixed counter: spreads, and needs no random source.</summary>
    private uint Throw()
    {
        uint x = Interlocked.Add(ref _dice, 0x9E3779B9);
        x = (x ^ (x >> 16)) * 0x85EBCA6B;
        x = (x ^ (x >> 13)) * 0xC2B2AE35;
        return x ^ (x >> 16);
    }
}
