using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace Orleans.Runtime;

/// <summary>
/// A grain object, its queue of turns and its life: created, activating (state read, OnActivateAsync), active, deactivating
/// (running turns end, OnDeactivateAsync, leaves the directory), ended (turns that wait are sent on).
/// All fields are guarded by the gate; user code runs on the scheduler, never under the gate.
/// </summary>
internal sealed class Activation : IGrainContext, IGrainManagementExtension
{
    private readonly Lock _gate = new();
    private readonly WorkQueue _work;
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AsyncServiceScope _scope;
    private ActivationState _state;
    private DeactivationReason? _ending;
    private DateTimeOffset _lastUse;
    private DateTimeOffset _keepUntil;

    public Activation(Silo silo, GrainClass grain, GrainId id)
    {
        Silo = silo;
        Class = grain;
        GrainId = id;
        _work = new WorkQueue(grain.IsReentrant);
        _scope = silo.Services.CreateAsyncScope();
        _lastUse = silo.Now;
        Scheduler = new ActivationScheduler(this);
        Timers = new ActivationTimers(this);
        GrainReference = new GrainReference().Initialize(id, null, silo);
    }

    /// <summary>The activation whose scheduler runs the calling code; null outside of grains.</summary>
    public static Activation? Current => (TaskScheduler.Current as ActivationScheduler)?.Activation;

    public Silo Silo { get; }

    public GrainClass Class { get; }

    public GrainId GrainId { get; }

    public ActivationId ActivationId { get; } = ActivationId.NewId();

    public GrainReference GrainReference { get; }

    public ActivationScheduler Scheduler { get; }

    public ActivationTimers Timers { get; }

    public object? GrainInstance { get; private set; }

    public IServiceProvider ActivationServices => _scope.ServiceProvider;

    public GrainAddress Address => new() { GrainId = GrainId, ActivationId = ActivationId, SiloAddress = Silo.Address };

    public Task Deactivated => _deactivated.Task;

    /// <summary>The activation of a grain object.</summary>
    public static Activation Of(IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return (Activation)grain.GrainContext;
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => ActivationId.GetHashCode();

    public ValueTask DeactivateOnIdle()
    {
        Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "IGrainManagementExtension.DeactivateOnIdle was called."));
        return ValueTask.CompletedTask;
    }

    /// <summary>The object that implements a method.</summary>
    public object TargetOf(MethodDescriptor method) => method.Owner.IsExtension ? this : GrainInstance!;

    /// <summary>Queues a turn; false if the activation has ended.</summary>
    public bool TryEnqueue(WorkItem item)
    {
        bool starts;
        List<WorkItem>? ready;
        lock (_gate)
        {
            if (_state == ActivationState.Ended)
            {
                return false;
            }

            _work.Add(item);
            starts = _state == ActivationState.Created;
            _state = starts ? ActivationState.Activating : _state;
            ready = TakeReady();
        }

        if (starts)
        {
            Scheduler.Post(() => new ActivationLife(this).ActivateAsync((item as RequestItem)?.Request));
        }

        Run(ready);
        return true;
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        bool ends;
        lock (_gate)
        {
            if (_state == ActivationState.Created)
            {
                // Its first request finds it ended and goes elsewhere.
                _state = ActivationState.Ended;
                _deactivated.TrySetResult();
                return;
            }

            if (_state >= ActivationState.Deactivating || _ending is not null)
            {
                return;
            }

            _ending = deactivationReason;
            ends = EndsNow();
        }

        if (ends)
        {
            Scheduler.Post(() => new ActivationLife(this).DeactivateAsync(deactivationReason));
        }
    }

    /// <summary>Runs nothing any more: the silo is dead.</summary>
    public void Kill()
    {
        Scheduler.Stop();
        lock (_gate)
        {
            _state = ActivationState.Ended;
            _work.TakeWaiting();
        }

        Timers.DisposeAll();
        _deactivated.TrySetResult();
    }

    /// <summary>Cancels a request that runs or waits; false if it is not here.</summary>
    public bool TryCancel(CallId call)
    {
        RequestItem? item;
        lock (_gate)
        {
            item = _work.All.OfType<RequestItem>().FirstOrDefault(one => one.Request.Call == call);
        }

        if (item is not null)
        {
            Scheduler.Post(() =>
            {
                item.Cancel();
                return Task.CompletedTask;
            });
        }

        return item is not null;
    }

    /// <summary>Whether the activation takes no turns any more.</summary>
    public bool IsEnded
    {
        get
        {
            lock (_gate)
            {
                return _state == ActivationState.Ended;
            }
        }
    }

    /// <summary>Whether no turn runs or waits.</summary>
    public bool HasNothingToDo
    {
        get
        {
            lock (_gate)
            {
                return _state < ActivationState.Deactivating && _ending is null && _work.IsIdle;
            }
        }
    }

    /// <summary>Whether the activation was not used since a time and nothing keeps it.</summary>
    public bool IsIdleSince(DateTimeOffset time)
    {
        lock (_gate)
        {
            return _state == ActivationState.Active && !Class.KeepAlive && _work.IsIdle && _lastUse <= time && _keepUntil <= Silo.Now;
        }
    }

    public void DelayCollection(TimeSpan time)
    {
        lock (_gate)
        {
            _keepUntil = time < TimeSpan.Zero ? default : time == TimeSpan.MaxValue || time == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : Silo.Now + time;
        }
    }

    public void EnterSection(Guid id)
    {
        lock (_gate)
        {
            _work.EnterSection(id);
        }
    }

    public void LeaveSection(Guid id)
    {
        lock (_gate)
        {
            _work.LeaveSection(id);
        }
    }

    /// <summary>The object is made; called on the scheduler.</summary>
    internal void Attach(object instance) => GrainInstance = instance;

    /// <summary>OnActivateAsync has ended: turns may run.</summary>
    internal void BecomeActive()
    {
        List<WorkItem>? ready;
        bool ends;
        lock (_gate)
        {
            if (_state != ActivationState.Activating)
            {
                return;
            }

            _state = ActivationState.Active;
            ends = EndsNow();
            ready = TakeReady();
        }

        Run(ready);
        if (ends)
        {
            Scheduler.Post(() => new ActivationLife(this).DeactivateAsync(_ending!.Value));
        }
    }

    /// <summary>Ends for good, and gives the turns that wait away.</summary>
    internal async Task EndAsync(Exception? error)
    {
        List<WorkItem> waiting;
        lock (_gate)
        {
            _state = ActivationState.Ended;
            waiting = _work.TakeWaiting();
        }

        Silo.Catalog.Remove(this);
        foreach (WorkItem item in waiting)
        {
            item.Abandon(this, error);
        }

        _deactivated.TrySetResult();
        await _scope.DisposeAsync();
    }

    private List<WorkItem>? TakeReady() =>
        _state is ActivationState.Active or ActivationState.Deactivating ? _work.TakeReady(_ending is not null) : null;

    private bool EndsNow()
    {
        if (_state != ActivationState.Active || _ending is null || _work.IsRunning)
        {
            return false;
        }

        _state = ActivationState.Deactivating;
        return true;
    }

    private void Run(List<WorkItem>? ready)
    {
        if (ready is not null)
        {
            foreach (WorkItem item in ready)
            {
                Scheduler.Post(() => RunAsync(item));
            }
        }
    }

    private async Task RunAsync(WorkItem item)
    {
        try
        {
            await item.RunAsync(this);
        }
        catch (Exception error)
        {
            Log.TurnFailed(Silo.Logger, GrainId, error);
        }

        Finish(item);
    }

    private void Finish(WorkItem item)
    {
        List<WorkItem>? ready;
        bool ends;
        lock (_gate)
        {
            _work.Finish(item);
            _lastUse = item.CountsAsUse ? Silo.Now : _lastUse;
            ends = EndsNow();
            ready = TakeReady();
        }

        Run(ready);
        if (ends)
        {
            Scheduler.Post(() => new ActivationLife(this).DeactivateAsync(_ending!.Value));
        }
    }
}
