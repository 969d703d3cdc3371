namespace NSft.Grains.Benchmarks.Practice;

/// <summary>What a practice server was asked and what it charges. Any thread.</summary>
public sealed class PracticeLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private readonly Dictionary<PracticeFault, int> _faults = [];
    private readonly List<PracticePayment> _payments = [];
    private int _inFlight;
    private int _mostInFlight;
    private long _firstStart;

    /// <summary>Requests of all kinds.</summary>
    public int Requests => Read(() => _attempts.Values.Sum());

    /// <summary>Requests that have not ended.</summary>
    public int InFlight => Read(() => _inFlight);

    /// <summary>Most requests at a time.</summary>
    public int MostInFlight => Read(() => _mostInFlight);

    /// <summary>Number of answers that are paid.</summary>
    public int PaidCount => Read(() => _payments.Count);

    /// <summary>Timestamp of the first request; 0 before it.</summary>
    public long FirstStart => Read(() => _firstStart);

    /// <summary>How often each fault befell a request.</summary>
    public IReadOnlyDictionary<PracticeFault, int> Faults => Read(() => new Dictionary<PracticeFault, int>(_faults));

    /// <summary>The answers that are paid, in the order they ended.</summary>
    public IReadOnlyList<PracticePayment> Payments => Read(() => _payments.ToArray());

    internal int Begin(string key, long now)
    {
        lock (_lock)
        {
            _firstStart = _firstStart == 0 ? now : _firstStart;
            _mostInFlight = Math.Max(_mostInFlight, ++_inFlight);
            return _attempts[key] = _attempts.GetValueOrDefault(key) + 1;
        }
    }

    internal void Meet(PracticeFault fault)
    {
        lock (_lock)
        {
            _faults[fault] = _faults.GetValueOrDefault(fault) + 1;
        }
    }

    internal void Pay(PracticePayment payment)
    {
        lock (_lock)
        {
            _payments.Add(payment);
        }
    }

    internal void End()
    {
        lock (_lock)
        {
            _inFlight--;
        }
    }

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
