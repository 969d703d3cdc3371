using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Contracts;

/// <summary>Validates preference rows once for all, and spools them where every silo can read them; the key names who asks.</summary>
[Alias("nsft.dataset")]
public interface IDatasetGrain : IGrainWithStringKey
{
    /// <summary>Reads and validates the rows; later calls return the same report without reading again.</summary>
    /// <param name="request">What to read.</param>
    [Alias("open"), ResponseTimeout("00:30:00")]
    Task<DatasetReport> OpenAsync(DatasetRequest request);
}
