namespace Orleans.Runtime;

/// <summary>A client's call that this gateway has sent on to the grain's silo.</summary>
internal sealed class RelayedCall(RequestMessage request, CallId origin, Action<ResponseMessage> done) : PendingEntry(request)
{
    /// <summary>The call as the client knows it.</summary>
    public CallId Origin { get; } = origin;

    public override void Complete(ResponseMessage response) => done(response with { Call = Origin });
}
