using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Contracts;

/// <summary>Validates preference rows once for all and serves them in blocks; the key names path and content.</summary>
[Alias("nsft.dataset")]
public interface IDatasetGrain : IGrainWithStringKey
{
    /// <summary>Reads and validates the rows; later calls return the same report without reading again.</summary>
    /// <param name="request">What to read.</param>
    [Alias("open"), ResponseTimeout("00:30:00")]
    Task<DatasetReport> OpenAsync(DatasetRequest request);

    /// <summary>A block of usable rows, in file order.</summary>
    /// <param name="start">First row.</param>
    /// <param name="count">Rows wanted; fewer come back at the end.</param>
    /// <exception cref="InvalidOperationException">The dataset is not open.</exception>
    [Alias("read"), AlwaysInterleave]
    Task<PairMessage[]> ReadAsync(int start, int count);
}
