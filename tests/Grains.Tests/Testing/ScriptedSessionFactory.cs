using System.Globalization;
using NSft.Collectives;
using NSft.Grains.ShardWorker;

namespace NSft.Grains.Tests.Testing;

/// <summary>Opens scripted sessions.</summary>
internal sealed class ScriptedSessionFactory(int steps, int shards, FaultPlan faults) : IShardSessionFactory
{
    public IShardSession Open(SessionOrder order, CancellationToken cancellation)
    {
        var worker = int.Parse(order.WorkerKey[^4..], CultureInfo.InvariantCulture);
        return faults.Strikes("open", worker, -1)
            ? throw new UserInputException("model/config.json: the script says so")
            : new ScriptedSession(worker, steps, shards, faults);
    }
}
