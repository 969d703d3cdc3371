namespace Orleans.Runtime;

/// <summary>Starts and ends an activation; runs on its scheduler.</summary>
internal sealed class ActivationLife(Activation activation)
{
    private readonly Silo _silo = activation.Silo;

    /// <summary>Enters the directory, makes the object, reads its state and calls OnActivateAsync.</summary>
    public async Task ActivateAsync(RequestMessage? first)
    {
        try
        {
            if (!await _silo.TryRegisterAsync(activation))
            {
                await activation.EndAsync(error: null);
                return;
            }

            RequestContext.Import(first?.Context, first?.ReentrancyId ?? Guid.Empty);
            using CancellationTokenSource limit = new(_silo.Collection.ActivationTimeout, _silo.Time);
            List<ILoadedState> states = [];
            object instance = activation.Class.Constructor.Create(activation, states);
            activation.Attach(instance);
            foreach (ILoadedState state in states)
            {
                await state.LoadAsync();
            }

            if (instance is IGrainBase grain)
            {
                await grain.OnActivateAsync(limit.Token).WaitAsync(limit.Token);
            }
        }
        catch (Exception error)
        {
            Log.ActivationFailed(_silo.Logger, activation.GrainId, error);
            activation.Timers.DisposeAll();
            await _silo.UnregisterAsync(activation);
            await activation.EndAsync(error);
            return;
        }

        RequestContext.Clear();
        activation.BecomeActive();
    }

    /// <summary>Calls OnDeactivateAsync and leaves the directory.</summary>
    public async Task DeactivateAsync(DeactivationReason reason)
    {
        activation.Timers.DisposeAll();
        try
        {
            if (activation.GrainInstance is IGrainBase grain)
            {
                using CancellationTokenSource limit = new(_silo.Collection.DeactivationTimeout, _silo.Time);
                await grain.OnDeactivateAsync(reason, limit.Token).WaitAsync(limit.Token);
            }
        }
        catch (Exception error)
        {
            Log.DeactivationFailed(_silo.Logger, activation.GrainId, error);
        }

        await _silo.UnregisterAsync(activation);
        try
        {
            await DisposeInstanceAsync();
        }
        catch (Exception error)
        {
            Log.DeactivationFailed(_silo.Logger, activation.GrainId, error);
        }

        await activation.EndAsync(error: null);
    }

    private async Task DisposeInstanceAsync()
    {
        if (activation.GrainInstance is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
        else if (activation.GrainInstance is IDisposable disposable)
        {
            disposable.Dispose();
        }
    }
}
