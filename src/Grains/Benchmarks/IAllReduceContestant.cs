namespace NSft.Grains.Benchmarks;

/// <summary>Processes that add up a vector of each of them.</summary>
internal interface IAllReduceContestant : IAsyncDisposable
{
    /// <summary>Who it is.</summary>
    string Name { get; }

    /// <summary>One all-reduce, checked.</summary>
    /// <param name="bytes">Bytes of the vector.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Seconds of the slowest process.</returns>
    /// <exception cref="InvalidOperationException">A sum was wrong, or a process has ended.</exception>
    Task<double> RunAsync(long bytes, CancellationToken cancellation);
}
