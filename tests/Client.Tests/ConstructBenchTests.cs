using System.Text.Json;
using NSft.Client.Benches;
using NSft.Grains.Benchmarks.Practice;

namespace NSft.Client.Tests;

/// <summary>Construction over silo processes through a server that fails, as a user measures it.</summary>
public sealed class ConstructBenchTests
{
    private const int Pairs = 600;

    private static readonly long Second = TimeProvider.System.TimestampFrequency;

    [Fact]
    public async Task BenchConstruct_FaultsKillAndJoin_EndsEveryPairOnceAndPaysNothingTwiceButWhatWasInFlight()
    {
        JsonElement result = (await ConsoleProcess.RunAsync(
            "bench", "construct", "--pairs", $"{Pairs}", "--silos", "3", "--concurrency", "48", "--latency", "60", "--faults", "0.05", "--kill", "--join", "--json")).Json();

        Assert.True(result.GetProperty("isRight").GetBoolean(), result.ToString());
        Assert.Equal(Pairs, result.GetProperty("answered").GetInt32() + result.GetProperty("deadLetters").EnumerateObject().Sum(reason => reason.Value.GetInt32()));
        Assert.InRange(result.GetProperty("paidTwice").GetInt32(), 0, 16);
        Assert.InRange(result.GetProperty("inFlightAtKill").GetInt32(), 24, 48);
        Assert.True(result.GetProperty("faults").EnumerateObject().Count() >= 8, result.ToString());
        Assert.InRange(result.GetProperty("silosUsed").GetInt32(), 2, 4);
    }

    [Theory]
    [InlineData("--faults", "1")]
    [InlineData("--pairs", "0")]
    [InlineData("--silos", "0")]
    public async Task BenchConstruct_OptionOutOfRange_IsAUserErrorThatNamesIt(string option, string value) =>
        (await ConsoleProcess.RunAsync("bench", "construct", option, value)).IsUserError(option);

    [Fact]
    public void PaidTwice_NothingRepeated_IsNothing() =>
        Assert.Equal(new PaidTwice(0, 0), PaidTwice.Of([Payment("a", 1, 2), Payment("b", 1, 2)], killed: 2 * Second));

    [Theory]
    [InlineData(9, 11, 0)]
    [InlineData(7, 8, 0)]
    [InlineData(1, 2, 1)]
    [InlineData(11, 12, 1)]
    public void PaidTwice_Repeated_HasACauseWhenItWasInFlightAtTheKill(int started, int ended, int withoutCause) =>
        Assert.Equal(new PaidTwice(1, withoutCause), PaidTwice.Of([Payment("a", 20, 21), Payment("a", started, ended)], killed: 10 * Second));

    [Fact]
    public void PaidTwice_NoKill_HasNoCause() =>
        Assert.Equal(new PaidTwice(1, 1), PaidTwice.Of([Payment("a", 1, 2), Payment("a", 3, 4)], killed: null));

    private static PracticePayment Payment(string key, int started, int ended) => new(key, started * Second, ended * Second, IsDelivered: true);
}
