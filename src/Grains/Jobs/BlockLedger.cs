using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Jobs;

/// <summary>Which blocks of a job are waiting, leased and done. Pure: no clock, no I/O, no results.</summary>
/// <remarks>
/// A block that failed is leased again, behind the waiting ones, until its tries are used up; then the job has failed. A block whose
/// silo is gone is leased again before the waiting ones and keeps its tries, unless it outlives silo after silo: then it may be what ends them.
/// </remarks>
internal sealed class BlockLedger
{
    /// <summary>Silos that may be lost under one block before the job fails.</summary>
    internal const int LossLimit = 8;

    private readonly bool[] _isDone;
    private readonly int[] _attempts;
    private readonly int[] _losses;
    private readonly LinkedList<int> _waiting = new();
    private readonly int _attemptLimit;

    /// <summary>A job whose blocks are waiting but for those that were done before.</summary>
    internal BlockLedger(int blockCount, int attemptLimit, IEnumerable<int>? done = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attemptLimit, 1);
        _isDone = new bool[blockCount];
        _attempts = new int[blockCount];
        _losses = new int[blockCount];
        _attemptLimit = attemptLimit;
        foreach (var block in done ?? [])
        {
            _isDone[block] = true;
        }

        DoneCount = _isDone.Count(isDone => isDone);
        for (var block = 0; block < blockCount; block++)
        {
            if (!_isDone[block])
            {
                _waiting.AddLast(block);
            }
        }
    }

    internal int BlockCount => _isDone.Length;

    internal int DoneCount { get; private set; }

    /// <summary>Blocks that nobody has.</summary>
    internal int WaitingCount => _waiting.Count;

    /// <summary>Leases that came to nothing.</summary>
    internal int RetriedCount { get; private set; }

    internal Failure? Failure { get; private set; }

    internal bool IsDone => DoneCount == BlockCount;

    /// <summary>Leases the next waiting block.</summary>
    internal bool TryLease(out int block)
    {
        block = -1;
        if (Failure is not null || _waiting.First is not { } first)
        {
            return false;
        }

        block = first.Value;
        _waiting.RemoveFirst();
        _attempts[block]++;
        return true;
    }

    /// <summary>A leased block is done. Telling it twice changes nothing.</summary>
    internal void Complete(int block)
    {
        if (!_isDone[block])
        {
            _isDone[block] = true;
            DoneCount++;
        }
    }

    /// <summary>A leased block failed: it waits again, or the job has failed.</summary>
    internal void Fail(int block, Failure failure)
    {
        if (failure.Kind == FailureKind.UserInput || _attempts[block] >= _attemptLimit)
        {
            Failure ??= failure;
            return;
        }

        RetriedCount++;
        _waiting.AddLast(block);
    }

    /// <summary>The silo of a leased block is gone or does not answer: the block is next, and the try does not count.</summary>
    internal void Lose(int block, string silo)
    {
        _attempts[block]--;
        if (++_losses[block] > LossLimit)
        {
            Failure ??= new Failure(FailureKind.Lost, $"block {block}: lost with {_losses[block]} silos, the last one {silo}");
            return;
        }

        RetriedCount++;
        _waiting.AddFirst(block);
    }
}
