using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;
using NSft.Grains.Jobs;

namespace NSft.Grains.Construction;

/// <summary>The jobs that this silo works for; the last few are kept. Safe from any thread.</summary>
/// <param name="membership">Tells this silo's share of a job's concurrency.</param>
/// <param name="silo">This silo.</param>
internal sealed class JobContexts(IClusterMembershipService membership, ILocalSiloDetails silo)
{
    private const int Kept = 4;

    private readonly Lock _gate = new();
    private readonly List<JobContext> _contexts = [];

    /// <summary>The context of a job.</summary>
    /// <exception cref="Collectives.UserInputException">A file that the job names is missing or wrong here.</exception>
    internal JobContext Open(ConstructionRequest request)
    {
        lock (_gate)
        {
            var known = _contexts.Find(context => context.Request == request);
            if (known is null)
            {
                known = new JobContext(request, SlotsOf);
                _contexts.Add(known);
                if (_contexts.Count > Kept)
                {
                    _contexts.RemoveAt(0);
                }
            }

            return known;
        }
    }

    private RequestSlots SlotsOf(ConstructionSettings settings) => new(() =>
    {
        var silos = JobShare.ActiveSilos(membership.CurrentSnapshot);
        var position = Array.IndexOf(silos, silo.SiloAddress);
        return position < 0 ? 0 : settings.ShareOf(position, silos.Length);
    });
}
