namespace Orleans.Runtime;

/// <summary>A request whose response has not come yet.</summary>
internal abstract class PendingEntry(RequestMessage request)
{
    private SiloAddress? _sentTo;

    /// <summary>The request as it was sent last.</summary>
    public RequestMessage Request { get; set; } = request;

    /// <summary>The node that has the request; null while it is looked up.</summary>
    public SiloAddress? SentTo
    {
        get => Volatile.Read(ref _sentTo);
        set => Volatile.Write(ref _sentTo, value);
    }

    /// <summary>Ends the entry, which has left the table.</summary>
    public abstract void Complete(ResponseMessage response);
}
