using static TorchSharp.torch;

namespace TorchSharp;

public sealed partial class DisposeScope
{
    /// <summary>Takes in a tensor that no scope owns.</summary>
    internal void Link(Tensor tensor)
    {
        tensor.OwningScope = this;
        tensor.NextInScope = _first;
        tensor.PreviousInScope = null;
        if (_first is not null)
        {
            _first.PreviousInScope = tensor;
        }

        _first = tensor;
        _tensorCount++;
    }

    private void Unlink(Tensor tensor)
    {
        if (tensor.PreviousInScope is { } previous)
        {
            previous.NextInScope = tensor.NextInScope;
        }
        else
        {
            _first = tensor.NextInScope;
        }

        if (tensor.NextInScope is { } next)
        {
            next.PreviousInScope = tensor.PreviousInScope;
        }

        tensor.OwningScope = null;
        tensor.NextInScope = null;
        tensor.PreviousInScope = null;
        _tensorCount--;
    }

    private void Move(IDisposable disposable, DisposeScope? target)
    {
        if (!Contains(disposable))
        {
            return;
        }

        if (disposable is Tensor tensor)
        {
            Unlink(tensor);
            if (target is null)
            {
                _manager.Detached();
            }
            else
            {
                target.Link(tensor);
            }
        }
        else
        {
            _others!.Remove(disposable);
            target?.Attach(disposable);
        }
    }

    private List<IDisposable> Snapshot()
    {
        var all = new List<IDisposable>(DisposablesCount);
        for (Tensor? tensor = _first; tensor is not null; tensor = tensor.NextInScope)
        {
            all.Add(tensor);
        }

        all.Reverse();
        all.AddRange(_others ?? []);
        return all;
    }
}
