using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Construction;

/// <summary>Which blocks of a job are waiting, leased and done. Pure: no clock, no I/O.</summary>
/// <remarks>A block that failed is leased again, behind the waiting ones, until its tries are used up; then the job has failed.</remarks>
internal sealed class BlockLedger
{
    private readonly string?[] _results;
    private readonly int[] _attempts;
    private readonly Queue<int> _waiting = new();
    private readonly int _attemptLimit;

    /// <summary>A job with all blocks waiting.</summary>
    internal BlockLedger(int blockCount, int attemptLimit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attemptLimit, 1);
        _results = new string?[blockCount];
        _attempts = new int[blockCount];
        _attemptLimit = attemptLimit;
        for (var block = 0; block < blockCount; block++)
        {
            _waiting.Enqueue(block);
        }
    }

    internal int BlockCount => _results.Length;

    internal int DoneCount { get; private set; }

    internal int RetriedCount { get; private set; }

    internal Failure? Failure { get; private set; }

    internal bool IsDone => DoneCount == BlockCount;

    /// <summary>Leases the next waiting block.</summary>
    internal bool TryLease(out int block)
    {
        block = -1;
        if (Failure is not null || !_waiting.TryDequeue(out block))
        {
            return false;
        }

        _attempts[block]++;
        return true;
    }

    /// <summary>A leased block is constructed. A second result of the same block changes nothing.</summary>
    internal void Complete(int block, string conversations)
    {
        if (_results[block] is null)
        {
            _results[block] = conversations;
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
        _waiting.Enqueue(block);
    }

    /// <summary>A block's result, or null when it is not done.</summary>
    internal string? Result(int block) => block >= 0 && block < _results.Length ? _results[block] : null;
}
