namespace NSft.Grains.ShardWorker;

/// <summary>How the elements of sums travel. The bits are the same either way. Values are explicit and append only.</summary>
public enum ExchangeTransport
{
    /// <summary>Peers of the same host read each other's memory; to others the elements go in messages.</summary>
    Auto = 0,

    /// <summary>All elements go in messages.</summary>
    Messages = 1,
}
