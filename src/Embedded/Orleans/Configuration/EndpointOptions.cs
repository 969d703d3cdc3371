using System.Net;

namespace Orleans.Configuration;

/// <summary>Where a silo listens.</summary>
public class EndpointOptions
{
    /// <summary>The silo port that counts when none is set.</summary>
    public const int DEFAULT_SILO_PORT = 11111;

    /// <summary>The gateway port that counts when none is set.</summary>
    public const int DEFAULT_GATEWAY_PORT = 30000;

    /// <summary>The address that other silos use; loopback only.</summary>
    public IPAddress? AdvertisedIPAddress { get; set; }

    /// <summary>The port for other silos.</summary>
    public int SiloPort { get; set; } = DEFAULT_SILO_PORT;

    /// <summary>The port for clients; 0 for none.</summary>
    public int GatewayPort { get; set; } = DEFAULT_GATEWAY_PORT;

    /// <summary>Where the silo listens; loopback only.</summary>
    public IPEndPoint? SiloListeningEndpoint { get; set; }

    /// <summary>Where the gateway listens; loopback only.</summary>
    public IPEndPoint? GatewayListeningEndpoint { get; set; }
}
