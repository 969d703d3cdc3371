namespace NSft.Tests.Servers;

/// <summary>Which requests get a fault.</summary>
/// <param name="fault">The fault.</param>
/// <param name="method">The method, as <c>PUT</c>.</param>
/// <param name="part">What path and query contain, as <c>comp=block&amp;</c>; empty for any.</param>
/// <param name="skip">How many such requests pass before the first fault.</param>
/// <param name="times">How many get it.</param>
public sealed class FaultRule(Fault fault, string method, string part, int skip = 0, int times = 1)
{
    private readonly Lock _gate = new();
    private int _seen;

    /// <summary>The fault.</summary>
    public Fault Fault { get; } = fault;

    /// <summary>How many requests got it.</summary>
    public int Hits
    {
        get
        {
            lock (_gate)
            {
                return Math.Clamp(_seen - skip, 0, times);
            }
        }
    }

    internal bool Takes(string requestMethod, string target)
    {
        if (requestMethod != method || !target.Contains(part, StringComparison.Ordinal))
        {
            return false;
        }

        lock (_gate)
        {
            _seen++;
            return _seen > skip && _seen <= skip + (long)times;
        }
    }
}
