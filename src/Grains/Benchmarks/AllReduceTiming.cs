namespace NSft.Grains.Benchmarks;

/// <summary>One contestant's all-reduces of one size.</summary>
/// <param name="Contestant">Who.</param>
/// <param name="Processes">Processes P.</param>
/// <param name="Bytes">Bytes S of the vector.</param>
/// <param name="Seconds">Seconds of each repetition, of the slowest process.</param>
public sealed record AllReduceTiming(string Contestant, int Processes, long Bytes, double[] Seconds)
{
    /// <summary>Median of the repetitions.</summary>
    public double MedianSeconds => Seconds.Order().ElementAt(Seconds.Length / 2);

    /// <summary>S / t, bytes a second.</summary>
    public double AlgorithmBandwidth => Bytes / MedianSeconds;

    /// <summary>Bytes that each process sends a second, S / t * 2 (P - 1) / P, as nccl-tests counts.</summary>
    public double BusBandwidth => AlgorithmBandwidth * 2 * (Processes - 1) / Processes;

    /// <summary>Bytes a second that all processes together put on a loopback, which is one queue for all of them.</summary>
    public double LoopbackRate => BusBandwidth * Processes;
}
