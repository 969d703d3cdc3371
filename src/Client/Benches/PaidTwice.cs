using NSft.Grains.Benchmarks.Practice;

namespace NSft.Client.Benches;

/// <summary>Questions that were paid more than once, and whether a kill explains it. Pure.</summary>
/// <param name="Count">Questions whose answer was paid more than once.</param>
/// <param name="WithoutCause">Those of them whose earlier answer had reached a silo that lived to store it.</param>
internal readonly record struct PaidTwice(int Count, int WithoutCause)
{
    /// <summary>How long an answer may take from the server's last byte into the store, on a machine that is busy with all of it.</summary>
    public static TimeSpan OnTheWay { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Counts.</summary>
    /// <param name="payments">All payments.</param>
    /// <param name="killed">Timestamp of the kill; null without one.</param>
    public static PaidTwice Of(IEnumerable<PracticePayment> payments, long? killed)
    {
        List<PracticePayment[]> repeated = [.. payments.GroupBy(payment => payment.Key).Select(group => group.OrderBy(payment => payment.Ended).ToArray()).Where(group => group.Length > 1)];
        return new PaidTwice(repeated.Count, repeated.Count(group => !group[..^1].All(payment => IsLost(payment, killed))));
    }

    // In flight at the kill: asked before it, and either not delivered or so shortly before that it cannot have been stored for sure.
    private static bool IsLost(PracticePayment payment, long? killed) =>
        killed is long at
        && payment.Started <= at
        && (payment.Ended >= at || TimeProvider.System.GetElapsedTime(payment.Ended, at) < OnTheWay);
}
