namespace NSft.Data.Formats;

/// <summary>How a data set is read.</summary>
public sealed record DatasetReadOptions
{
    /// <summary>Name of the set in a registry of several (<c>dataset_info.json</c>); null where one set is meant.</summary>
    public string? SetName { get; init; }
}
