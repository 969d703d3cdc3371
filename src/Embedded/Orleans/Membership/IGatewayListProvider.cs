namespace Orleans.Messaging;

/// <summary>Tells clients where a cluster's gateways are.</summary>
public interface IGatewayListProvider
{
    /// <summary>How old a list may be before it is asked for again.</summary>
    TimeSpan MaxStaleness { get; }

    /// <summary>Whether the list can change.</summary>
    bool IsUpdatable { get; }

    /// <summary>Is called once, first.</summary>
    Task InitializeGatewayListProvider();

    /// <summary>The gateways, as gwy.tcp://address:port/generation.</summary>
    Task<IList<Uri>> GetGateways();
}
