namespace Orleans.Runtime;

/// <summary>
/// The queue of one lane to a peer. Bytes up to a limit are queued, further messages wait for room in their order, and when too
/// many wait, more are refused. One pump at a time sends; a small message to an idle peer is sent by its caller's thread.
/// </summary>
internal sealed class SendLane(SocketTransportOptions options, long maxBytes, int maxWaiters, Action<Exception> broken)
{
    private const int InlineBytes = 64 << 10;

    private readonly Lock _gate = new();
    private Queue<WireFrame> _queue = new();
    private Queue<WireFrame> _waiting = new();
    private long _queuedBytes;
    private FrameSender? _sender;
    private bool _isPumping;
    private bool _isClosed;
    private TaskCompletionSource? _drained;

    /// <summary>Bytes that are queued and not sent.</summary>
    public long QueuedBytes
    {
        get
        {
            lock (_gate)
            {
                return _queuedBytes;
            }
        }
    }

    /// <summary>Messages that wait for room in the queue.</summary>
    public int WaiterCount
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Takes a frame; false if too many wait, or the lane has ended.</summary>
    public bool TryEnqueue(WireFrame frame)
    {
        bool isInline;
        lock (_gate)
        {
            if (_isClosed || !TryPlace(frame))
            {
                return false;
            }

            if (_isPumping || _sender is null)
            {
                return true;
            }

            _isPumping = true;
            isInline = frame.Size <= InlineBytes;
        }

        if (isInline)
        {
            using (FlowBarrier.Enter())
            {
                _ = PumpAsync(isInline: true);
            }
        }
        else
        {
            StartPump();
        }

        return true;
    }

    /// <summary>Drops a request that its caller does not wait for any more, if it is still here.</summary>
    public bool TryRemove(CallId call)
    {
        lock (_gate)
        {
            bool removed = Remove(ref _waiting, frame => frame.Message.Call == call && frame.Message is RequestMessage) > 0
                || Remove(ref _queue, frame => frame.Message.Call == call && frame.Message is RequestMessage) > 0;
            Promote();
            return removed;
        }
    }

    /// <summary>Starts to send over a connection.</summary>
    public void Attach(FrameSender sender)
    {
        lock (_gate)
        {
            _sender = sender;
            if (_isPumping || _isClosed || _queue.Count == 0)
            {
                return;
            }

            _isPumping = true;
        }

        StartPump();
    }

    /// <summary>Completes when all is sent.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            return _isClosed || (_queue.Count == 0 && !_isPumping)
                ? Task.CompletedTask
                : (_drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Ends the lane; what was not sent comes back.</summary>
    public List<Message> Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            List<Message> unsent = [.. _queue.Concat(_waiting).Select(frame => frame.Message)];
            foreach (WireFrame frame in _queue.Concat(_waiting))
            {
                frame.Free();
            }

            _queue.Clear();
            _waiting.Clear();
            _drained?.TrySetResult();
            return unsent;
        }
    }

    private void StartPump() => ThreadPool.UnsafeQueueUserWorkItem(static lane => _ = lane.PumpAsync(isInline: false), this, preferLocal: false);

    private async Task PumpAsync(bool isInline)
    {
        List<WireFrame> batch = [];
        while (TryTake(batch))
        {
            try
            {
                await _sender!.SendAsync(batch, options.Time.GetUtcNow()).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                Finish(batch);
                broken(error);
                return;
            }

            Finish(batch);
            if (isInline)
            {
                // The caller's thread has sent its own message; others' are not its work.
                isInline = false;
                lock (_gate)
                {
                    _isPumping = _queue.Count > 0 && !_isClosed;
                    if (!_isPumping)
                    {
                        _drained?.TrySetResult();
                        return;
                    }
                }

                StartPump();
                return;
            }
        }
    }

    /// <summary>Takes the next frames: small ones that fit one buffer together, or a single one.</summary>
    private bool TryTake(List<WireFrame> batch)
    {
        DateTimeOffset now = options.Time.GetUtcNow();
        lock (_gate)
        {
            long bytes = 0;
            while (_queue.TryPeek(out WireFrame? next))
            {
                if (next.IsExpired(now))
                {
                    Drop(_queue.Dequeue());
                    continue;
                }

                bytes += next.Size;
                if (batch.Count > 0 && (bytes > FrameSender.BatchBytes || next.Blocks.Length > 0))
                {
                    break;
                }

                batch.Add(_queue.Dequeue());
                if (next.Blocks.Length > 0)
                {
                    break;
                }
            }

            if (batch.Count == 0)
            {
                Promote();
                if (_queue.Count > 0)
                {
                    return TryTake(batch);
                }

                _isPumping = false;
                _drained?.TrySetResult();
            }

            return batch.Count > 0;
        }
    }

    private void Finish(List<WireFrame> batch)
    {
        lock (_gate)
        {
            foreach (WireFrame frame in batch)
            {
                Drop(frame);
            }

            batch.Clear();
            Promote();
        }
    }

    private bool TryPlace(WireFrame frame)
    {
        if (_waiting.Count == 0 && HasRoom(frame))
        {
            _queuedBytes += frame.Size;
            _queue.Enqueue(frame);
            return true;
        }

        if (_waiting.Count >= maxWaiters)
        {
            DateTimeOffset now = options.Time.GetUtcNow();
            Remove(ref _waiting, one => one.IsExpired(now));
            if (_waiting.Count >= maxWaiters)
            {
                return false;
            }
        }

        _waiting.Enqueue(frame);
        return true;
    }

    /// <summary>A message that is longer than the queue travels alone.</summary>
    private bool HasRoom(WireFrame frame) => _queuedBytes == 0 || _queuedBytes + frame.Size <= maxBytes;

    private void Promote()
    {
        while (!_isClosed && _waiting.TryPeek(out WireFrame? next) && HasRoom(next))
        {
            _queuedBytes += next.Size;
            _queue.Enqueue(_waiting.Dequeue());
        }
    }

    private void Drop(WireFrame frame)
    {
        _queuedBytes -= frame.Size;
        frame.Free();
    }

    private int Remove(ref Queue<WireFrame> queue, Predicate<WireFrame> condition)
    {
        List<WireFrame> gone = [.. queue.Where(frame => condition(frame))];
        if (gone.Count > 0)
        {
            foreach (WireFrame frame in gone)
            {
                _queuedBytes -= ReferenceEquals(queue, _queue) ? frame.Size : 0;
                frame.Free();
            }

            queue = new Queue<WireFrame>(queue.Where(frame => !gone.Contains(frame)));
        }

        return gone.Count;
    }
}
