namespace Orleans.Runtime;

/// <summary>A call of this node whose response has not come yet.</summary>
internal class PendingCall(RequestMessage request)
{
    private SiloAddress? _sentTo;

    private readonly TaskCompletionSource<object?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The request as it was sent last.</summary>
    public RequestMessage Request { get; set; } = request;

    /// <summary>The node that has the request; null while it is looked up.</summary>
    public SiloAddress? SentTo
    {
        get => Volatile.Read(ref _sentTo);
        set => Volatile.Write(ref _sentTo, value);
    }

    /// <summary>Ends with the call.</summary>
    public Task<object?> Task => _completion.Task;

    /// <summary>Fires at the deadline.</summary>
    public ITimer? Timer { get; set; }

    /// <summary>The caller's cancellation.</summary>
    public CancellationTokenRegistration Cancellation { get; set; }

    /// <summary>Ends the call, which has left the table.</summary>
    public virtual void Complete(ResponseMessage response)
    {
        Release();
        if (response.Kind == ResponseKind.Success)
        {
            _completion.TrySetResult(response.Result);
        }
        else
        {
            _completion.TrySetException(response.Error!);
        }
    }

    /// <summary>Ends the call as cancelled by its caller.</summary>
    public void Cancel(CancellationToken token)
    {
        Release();
        _completion.TrySetCanceled(token);
    }

    /// <summary>Frees what a finished call does not need; harmless when repeated.</summary>
    public void Release()
    {
        Timer?.Dispose();
        Cancellation.Unregister();
    }
}
