using NSft.Grains.Chat;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Tests.Chat;

public sealed class SpendingLedgerTests
{
    private readonly SpendingLedger _ledger = new(new SpendingState());

    [Fact]
    public void Ask_MoreThanTheBudgetHolds_GrantsTheFirstThatFit()
    {
        var reply = Ask(Request("a", 0, 0, 4, 4, 4));

        Assert.Equal((2, false), (reply.Granted, reply.IsSpent));
        Assert.Equal(8, reply.Held);
    }

    [Fact]
    public void Ask_SomethingInFlight_LetsTheRestWaitForWhatItCosts()
    {
        Ask(Request("a", 0, 0, 6));
        Assert.Equal((0, false), Outcome(Request("b", 0, 0, 6)));

        // It cost less than it could have.
        Ask(Request("a", 3, 0));

        Assert.Equal((1, false), Outcome(Request("b", 0, 0, 6)));
    }

    [Fact]
    public void Ask_NothingInFlightAndNoRoom_IsSpent()
    {
        Ask(Request("a", 9, 0));

        Assert.Equal((0, true), Outcome(Request("b", 0, 0, 2)));
    }

    [Fact]
    public void Ask_RepeatedAfterALostReply_HoldsOnce()
    {
        Ask(Request("a", 0, 0, 6));

        Assert.Equal((1, false), Outcome(Request("a", 0, 0, 6)));
        Assert.Equal(6, _ledger.Held);
    }

    [Fact]
    public void Ask_DeadSilo_CountsWhatItHadInFlightAsSpent()
    {
        Ask(Request("a", 1, 0, 6));

        var reply = _ledger.Ask(Request("b", 0, 0, 4), silo => silo != "silo-a");

        Assert.Equal((0, true), (reply.Granted, reply.IsSpent));
        Assert.Equal(7, reply.Settled);
    }

    [Fact]
    public void Ask_AnyOrder_NeverExceedsTheBudget()
    {
        var random = new Random(5);
        var purses = Enumerable.Range(0, 3).Select(index => (Id: $"{index}", Settled: 0m, Held: new List<decimal>())).ToArray();
        var isSpent = false;
        for (var step = 0; step < 5_000 && !isSpent; step++)
        {
            ref var purse = ref purses[random.Next(3)];
            while (purse.Held.Count > 0 && random.Next(3) > 0)
            {
                purse.Settled += purse.Held[^1] * random.Next(101) / 100;
                purse.Held.RemoveAt(purse.Held.Count - 1);
            }

            decimal[] costs = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(1, 20) / 100m)];
            var reply = Ask(Request(purse.Id, purse.Settled, purse.Held.Sum(), costs));
            purse.Held.AddRange(costs[..reply.Granted]);
            isSpent = reply.IsSpent;
            Assert.True(purses.Sum(one => one.Settled + one.Held.Sum()) <= 10);
            Assert.Equal(_ledger.Settled + _ledger.Held, reply.Settled + reply.Held);
        }

        Assert.True(isSpent);
        Assert.InRange(_ledger.Settled, 9.8m, 10m);
    }

    private static SpendingRequest Request(string purse, decimal settled, decimal held, params decimal[] costs) =>
        new(purse, $"silo-{purse}", Budget: 10, settled, held, costs);

    private SpendingReply Ask(SpendingRequest request) => _ledger.Ask(request, _ => true);

    private (int Granted, bool IsSpent) Outcome(SpendingRequest request)
    {
        var reply = Ask(request);
        return (reply.Granted, reply.IsSpent);
    }
}
