using System.Diagnostics;
using NSft.Grains.ShardWorker;

namespace NSft.Grains.Benchmarks;

/// <summary>What an all-reduce bench runs.</summary>
/// <param name="Processes">Numbers of processes.</param>
/// <param name="Bytes">Sizes of the vector.</param>
/// <param name="Repeats">Repetitions of each contestant, one after the other in turn.</param>
/// <param name="Transport">How our elements travel.</param>
/// <param name="PeerScripts">Directory of the peers' programs; null to run alone.</param>
/// <param name="Silo">Makes the start of a process that calls <see cref="BenchCluster.RunSiloAsync"/> with the given directory.</param>
public sealed record AllReduceSettings(
    IReadOnlyList<int> Processes,
    IReadOnlyList<long> Bytes,
    int Repeats,
    ExchangeTransport Transport,
    string? PeerScripts,
    Func<string, ProcessStartInfo> Silo);
