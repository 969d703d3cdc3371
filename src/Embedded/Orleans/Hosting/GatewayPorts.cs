namespace Orleans.Runtime;

/// <summary>The gateways that a client tries, in order.</summary>
internal sealed class GatewayPorts
{
    public int[] Ports { get; set; } = [Configuration.EndpointOptions.DEFAULT_GATEWAY_PORT];
}
