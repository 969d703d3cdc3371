using Orleans.Serialization;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>A request at its activation.</summary>
#pragma warning disable CA1001 // the source of the callee's token is disposed when the method ends
internal sealed class RequestItem(RequestMessage request, MethodDescriptor method) : WorkItem
#pragma warning restore CA1001
{
    private CancellationTokenSource? _cancellation;
    private bool _isCancelled;

    public RequestMessage Request { get; } = request;

    public override bool Interleaves => method.IsAlwaysInterleave;

    public override bool IsReadOnly => method.IsReadOnly;

    public override Guid ReentrancyId => Request.ReentrancyId;

    public override bool CountsAsUse => true;

    public override async Task RunAsync(Activation activation)
    {
        Silo silo = activation.Silo;
        Request.Receipt?.Release();
        if (_isCancelled || silo.Now > Request.Deadline)
        {
            return;
        }

        RequestContext.Import(Request.Context, Request.ReentrancyId);
        try
        {
            object? result = await method.InvokeAsync(activation.TargetOf(method), Arguments());
            CopyContext copies = new();
            object? copy = method.CopyResult(result, copies);
            silo.Respond(new ResponseMessage(Request.Call) { Kind = ResponseKind.Success, Result = copy, References = copies.References }, Request.OneWay);
        }
        catch (Exception error)
        {
            if (error is InconsistentStateException { IsSourceActivation: true })
            {
                activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, error, "The stored state is not the one that the grain has read."));
            }

            silo.Respond(Failed(error), Request.OneWay);
        }
        finally
        {
            _cancellation?.Dispose();
            _cancellation = null;
        }
    }

    public override void Abandon(Activation activation, Exception? error)
    {
        Request.Receipt?.Release();
        if (error is not null)
        {
            activation.Silo.Respond(Failed(error), Request.OneWay);
        }
        else
        {
            activation.Silo.Router.Reroute(Request);
        }
    }

    /// <summary>The caller does not wait any more. Runs on the activation's scheduler, or before the item has run.</summary>
    public void Cancel()
    {
        _isCancelled = true;
        _cancellation?.Cancel();
    }

    private ResponseMessage Failed(Exception error)
    {
        CopyContext copies = new();
        return new ResponseMessage(Request.Call) { Kind = ResponseKind.Error, Error = ExceptionCopies.Copy(error, copies), References = copies.References };
    }

    private object?[] Arguments()
    {
        Request.References?.ForEach(reference => reference.Bind(Activation.Current!.Silo));
        if (method.CancellationIndex >= 0)
        {
            _cancellation = new CancellationTokenSource();
            Request.Arguments[method.CancellationIndex] = _cancellation.Token;
        }

        return Request.Arguments;
    }
}
