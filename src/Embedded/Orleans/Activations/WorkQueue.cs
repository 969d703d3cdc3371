namespace Orleans.Runtime;

/// <summary>
/// Decides which turns of an activation may run. Nothing here runs or locks: the activation does.
/// A turn starts if nothing runs, if it interleaves, if it and all that run change nothing, or if it belongs to a call chain
/// that the running code has let back in.
/// </summary>
internal sealed class WorkQueue(bool isReentrant)
{
    private readonly List<WorkItem> _waiting = [];
    private readonly List<WorkItem> _running = [];
    private readonly Dictionary<Guid, int> _sections = [];

    public bool IsIdle => _running.Count == 0 && _waiting.Count == 0;

    public bool IsRunning => _running.Count > 0;

    public IEnumerable<WorkItem> All => _running.Concat(_waiting);

    public void Add(WorkItem item) => _waiting.Add(item);

    public void Finish(WorkItem item) => _running.Remove(item);

    /// <summary>Takes the items that may start now, oldest first; while the activation ends, only those that run beside others.</summary>
    public List<WorkItem>? TakeReady(bool isEnding)
    {
        List<WorkItem>? ready = null;
        for (int i = 0; i < _waiting.Count;)
        {
            WorkItem item = _waiting[i];
            if (isEnding ? _running.Count > 0 && MayJoin(item) : _running.Count == 0 || MayJoin(item))
            {
                _waiting.RemoveAt(i);
                _running.Add(item);
                (ready ??= []).Add(item);
            }
            else
            {
                i++;
            }
        }

        return ready;
    }

    public List<WorkItem> TakeWaiting()
    {
        List<WorkItem> taken = [.. _waiting];
        _waiting.Clear();
        return taken;
    }

    public void EnterSection(Guid id) => _sections[id] = _sections.GetValueOrDefault(id) + 1;

    public void LeaveSection(Guid id)
    {
        if (_sections.TryGetValue(id, out int count) && count > 1)
        {
            _sections[id] = count - 1;
        }
        else
        {
            _sections.Remove(id);
        }
    }

    private bool MayJoin(WorkItem item) =>
        item.Interleaves
        || (isReentrant && item is RequestItem)
        || _running.TrueForAll(other => other.Interleaves || (item.IsReadOnly && other.IsReadOnly))
        || (item.ReentrancyId != Guid.Empty && _sections.ContainsKey(item.ReentrancyId));
}
