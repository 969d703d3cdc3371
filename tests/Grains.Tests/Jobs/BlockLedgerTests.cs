using NSft.Grains.Contracts.Messages;
using NSft.Grains.Jobs;

namespace NSft.Grains.Tests.Jobs;

public sealed class BlockLedgerTests
{
    private static readonly Failure Broken = new(FailureKind.Worker, "broken");

    [Fact]
    public void TryLease_AllBlocks_LeasesEachOnceInOrder()
    {
        var ledger = new BlockLedger(3, 2);
        var leased = new List<int>();
        while (ledger.TryLease(out var block))
        {
            leased.Add(block);
        }

        Assert.Equal([0, 1, 2], leased);
    }

    [Fact]
    public void Fail_BelowLimit_LeasesTheBlockAgainBehindTheOthers()
    {
        var ledger = new BlockLedger(2, 2);
        ledger.TryLease(out var first);

        ledger.Fail(first, Broken);

        Assert.True(ledger.TryLease(out var second));
        Assert.Equal(1, second);
        Assert.True(ledger.TryLease(out var again));
        Assert.Equal(0, again);
        Assert.Equal(1, ledger.RetriedCount);
    }

    [Fact]
    public void Fail_AtLimit_FailsTheJobAndLeasesNothing()
    {
        var ledger = new BlockLedger(2, 1);
        ledger.TryLease(out var block);

        ledger.Fail(block, Broken);

        Assert.Equal(Broken, ledger.Failure);
        Assert.False(ledger.TryLease(out _));
    }

    [Fact]
    public void Fail_UserInput_IsNotTriedAgain()
    {
        var ledger = new BlockLedger(1, 3);
        ledger.TryLease(out var block);

        ledger.Fail(block, new Failure(FailureKind.UserInput, "lexicon.json: no categories"));

        Assert.NotNull(ledger.Failure);
    }

    [Fact]
    public void Complete_Twice_CountsOnce()
    {
        var ledger = new BlockLedger(2, 1);
        ledger.TryLease(out var block);

        ledger.Complete(block);
        ledger.Complete(block);

        Assert.Equal(1, ledger.DoneCount);
        Assert.False(ledger.IsDone);
    }

    [Fact]
    public void TryLease_BlocksDoneBefore_AreLeftOut()
    {
        var ledger = new BlockLedger(3, 1, done: [0, 2]);

        Assert.True(ledger.TryLease(out var block));
        Assert.Equal(1, block);
        Assert.False(ledger.TryLease(out _));
    }

    [Fact]
    public void Lose_SiloGone_LeasesTheBlockFirstAndKeepsItsTries()
    {
        var ledger = new BlockLedger(2, 1);
        ledger.TryLease(out var block);

        ledger.Lose(block, "one");

        Assert.True(ledger.TryLease(out var again));
        Assert.Equal(block, again);
        Assert.Null(ledger.Failure);
    }

    [Fact]
    public void Lose_SiloAfterSilo_FailsTheJob()
    {
        var ledger = new BlockLedger(1, 1);
        for (var loss = 0; loss <= BlockLedger.LossLimit; loss++)
        {
            Assert.True(ledger.TryLease(out var block));
            ledger.Lose(block, $"silo-{loss}");
        }

        Assert.Equal(FailureKind.Lost, ledger.Failure!.Kind);
    }
}
