using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Chat;

/// <summary>
/// Sees to it that what was spent and what requests in flight may cost at most never exceed a budget together. Silos tell absolute
/// numbers, so that a call that is repeated changes nothing. Pure.
/// </summary>
/// <param name="state">What was spent so far; changed in place.</param>
internal sealed class SpendingLedger(SpendingState state)
{
    internal decimal Settled => state.Purses.Sum(purse => purse.Settled);

    internal decimal Held => state.Purses.Sum(purse => purse.Held);

    /// <summary>Takes what a silo spent and says how many of its waiting requests may be sent.</summary>
    internal SpendingReply Ask(SpendingRequest request, Func<string, bool> isAlive)
    {
        var purse = Find(request);
        purse.Settled = request.Settled;
        purse.Held = request.Held;
        var granted = Grant(request, purse);
        if (granted < request.Costs.Length && SettleTheDead(request.PurseId, isAlive))
        {
            granted += Grant(request with { Costs = request.Costs[granted..] }, purse);
        }

        // What is in flight may cost less than it may at most: as long as something is, the rest waits for it.
        var isSpent = granted < request.Costs.Length && Held == 0;
        return new SpendingReply(granted, isSpent, Settled, Held);
    }

    private int Grant(SpendingRequest request, PurseState purse)
    {
        var granted = 0;
        var free = request.Budget - Settled - Held;
        while (granted < request.Costs.Length && request.Costs[granted] <= free)
        {
            free -= request.Costs[granted];
            purse.Held += request.Costs[granted];
            granted++;
        }

        return granted;
    }

    /// <summary>What was in flight on a dead silo may have been billed: it counts as spent.</summary>
    private bool SettleTheDead(string asking, Func<string, bool> isAlive)
    {
        var dead = state.Purses.Where(purse => purse.Held > 0 && purse.Id != asking && !isAlive(purse.Silo)).ToList();
        foreach (var purse in dead)
        {
            purse.Settled += purse.Held;
            purse.Held = 0;
        }

        return dead.Count > 0;
    }

    private PurseState Find(SpendingRequest request)
    {
        var purse = state.Purses.Find(known => known.Id == request.PurseId);
        if (purse is null)
        {
            purse = new PurseState { Id = request.PurseId, Silo = request.Silo };
            state.Purses.Add(purse);
        }

        return purse;
    }
}
