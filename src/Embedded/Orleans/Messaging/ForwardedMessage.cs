namespace Orleans.Runtime;

/// <summary>A gateway has sent a client's request on: from now on the call depends on that silo, not on the gateway.</summary>
internal sealed record ForwardedMessage(CallId Call, SiloAddress To) : Message(Call);
