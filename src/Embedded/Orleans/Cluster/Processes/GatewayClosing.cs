namespace Orleans.Runtime;

/// <summary>Tells a client that its gateway is about to leave: it ends the calls that it has and wants no new ones.</summary>
/// <param name="Gateway">The gateway's address.</param>
[GenerateSerializer]
internal sealed record GatewayClosing([property: Id(0)] SiloAddress Gateway);
