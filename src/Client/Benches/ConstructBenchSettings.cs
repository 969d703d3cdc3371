namespace NSft.Client.Benches;

/// <summary>What <c>nsft bench construct</c> measures.</summary>
/// <param name="Pairs">Pairs to construct.</param>
/// <param name="Silos">Silo processes.</param>
/// <param name="Concurrency">Requests in flight in the whole cluster.</param>
/// <param name="Latency">Time that the practice server takes for an answer.</param>
/// <param name="FaultShare">Share of requests that go wrong, 0 to 1.</param>
/// <param name="Seed">Seed of the faults.</param>
internal sealed record ConstructBenchSettings(int Pairs, int Silos, int Concurrency, TimeSpan Latency, double FaultShare, int Seed)
{
    /// <summary>Kills a silo after a third of the answers.</summary>
    public bool Kills { get; init; }

    /// <summary>Adds a silo after half of the answers.</summary>
    public bool Joins { get; init; }

    /// <summary>Requests that one silo has in flight at most, from the request to the stored answer.</summary>
    public int SlotsOfSilo => (Concurrency + Silos - 1) / Silos;

    /// <summary>What pairs cannot come faster than.</summary>
    public double IdealRate => Concurrency / Latency.TotalSeconds;
}
