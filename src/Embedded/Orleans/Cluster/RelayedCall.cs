namespace Orleans.Runtime;

/// <summary>A client's call that its gateway makes in its own name.</summary>
internal sealed class RelayedCall(RequestMessage request, CallId client, ClientRelay relay) : PendingCall(request)
{
    public override void Complete(ResponseMessage response)
    {
        Release();
        relay.Finish(client, response);
    }
}
