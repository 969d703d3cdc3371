using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Owns the tensors made on its thread while it is the innermost scope, and frees them when it ends.</summary>
/// <remarks>Tensors hang in a doubly linked list through themselves: joining and leaving a scope allocates nothing.</remarks>
public sealed partial class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager _manager;
    private List<IDisposable>? _others;
    private Tensor? _first;
    private int _tensorCount;
    private bool _ended;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        _manager = manager;
        Outer = outer;
    }

    /// <summary>The scope that was innermost when this one began.</summary>
    internal DisposeScope? Outer { get; }

    public int DisposablesCount => _tensorCount + (_others?.Count ?? 0);

    public IReadOnlyList<IDisposable> DisposablesView => Snapshot();

    public bool Contains(IDisposable disposable) =>
        disposable is Tensor tensor ? ReferenceEquals(tensor.OwningScope, this) : _others?.Contains(disposable) == true;

    public void Attach(IDisposable disposable)
    {
        if (disposable is not Tensor tensor)
        {
            (_others ??= []).Add(disposable);
            return;
        }

        if (ReferenceEquals(tensor.OwningScope, this))
        {
            return;
        }

        _manager.Attached(tensor.OwningScope is null);
        tensor.OwningScope?.Unlink(tensor);
        Link(tensor);
    }

    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        Move(disposable, Outer);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables)
    {
        foreach (IDisposable disposable in disposables)
        {
            Move(disposable, Outer);
        }
    }

    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        Move(disposable, null);
        return disposable;
    }

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (IDisposable disposable in disposables)
        {
            Move(disposable, null);
        }
    }

    /// <summary>Frees all that the scope owns now; the scope goes on.</summary>
    public void DisposeEverything() => DisposeEverythingBut(Enumerable.Empty<IDisposable>());

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var keep = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        foreach (IDisposable disposable in Snapshot())
        {
            if (!keep.Contains(disposable))
            {
                _others?.Remove(disposable);
                disposable.Dispose();
            }
        }
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    public void MarkAsDisposed(IDisposable disposable)
    {
        if (disposable is Tensor tensor)
        {
            if (ReferenceEquals(tensor.OwningScope, this))
            {
                Unlink(tensor);
                _manager.Disposed(inScope: true);
            }
        }
        else
        {
            _others?.Remove(disposable);
        }
    }

    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        while (_first is { } tensor)
        {
            tensor.Dispose();
        }

        foreach (IDisposable other in _others ?? [])
        {
            other.Dispose();
        }

        _others = null;
        _manager.Remove(this);
    }
}
