namespace Orleans.Runtime;

/// <summary>The interchangeable activations of one grain on one silo.</summary>
internal sealed class StatelessWorkers(Silo silo, GrainClass grain, int max, GrainId id)
{
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];
    private uint _next;

    public IReadOnlyList<Activation> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _workers];
            }
        }
    }

    /// <summary>Queues a turn at an idle worker, at a new one, or in turn.</summary>
    public void Enqueue(WorkItem item)
    {
        while (true)
        {
            Activation worker;
            lock (_gate)
            {
                worker = _workers.Find(one => one.HasNothingToDo) ?? (_workers.Count < max ? Add() : _workers[(int)(_next++ % (uint)_workers.Count)]);
            }

            if (worker.TryEnqueue(item))
            {
                return;
            }

            Remove(worker);
        }
    }

    public void Remove(Activation activation)
    {
        lock (_gate)
        {
            _workers.Remove(activation);
        }
    }

    private Activation Add()
    {
        Activation worker = new(silo, grain, id);
        _workers.Add(worker);
        return worker;
    }
}
