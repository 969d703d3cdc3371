using NSft.Client.Chaos;
using NSft.Client.Ledgers;

namespace NSft.Client.Tests.Chaos;

public sealed class ChaosReportTextTests
{
    private static readonly ChaosReport Good = new()
    {
        Seed = 7,
        Silos = 4,
        Mode = "zero1",
        Steps = 80,
        OracleHash = "aa",
        Hash = "aa",
        Faults = new Dictionary<FaultKind, int> { [FaultKind.Freeze] = 2, [FaultKind.Kill] = 3, [FaultKind.DoubleKill] = 1 },
        Recoveries = new Recoveries(4, 0.5, 1.25, 1.5),
        Ledger = new LedgerCheck(80, 2, 1254, []),
    };

    [Fact]
    public void Lines_Good_SayPassAndTheNumbers()
    {
        IReadOnlyList<string> lines = ChaosReportText.Lines(Good);
        Assert.StartsWith("PASS", lines[^1], StringComparison.Ordinal);
        Assert.Contains("faults      6: 3 kill, 1 double kill, 2 freeze", lines);
        Assert.Contains("recovery    4 times: median 0.50 s, p95 1.25 s, longest 1.50 s", lines);
        Assert.Contains(lines, line => line.Contains("every sample exactly once in each of 2 epochs", StringComparison.Ordinal));
    }

    [Fact]
    public void IsPassed_OtherWeightsOrWrongLedgerOrProblem_IsFalse()
    {
        Assert.True(Good.IsPassed);
        Assert.False((Good with { Hash = "ab" }).IsPassed);
        Assert.False((Good with { Hash = null }).IsPassed);
        Assert.False((Good with { Ledger = null }).IsPassed);
        Assert.False((Good with { Ledger = new LedgerCheck(80, 2, 1254, ["step 3: shard 1 was computed 2 times"]) }).IsPassed);
        Assert.False((Good with { Problems = ["silo-2 was gone before its turn"] }).IsPassed);
        Assert.Equal("FAIL", ChaosReportText.Lines(Good with { Hash = null })[^1]);
    }
}
