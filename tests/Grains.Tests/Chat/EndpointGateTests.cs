using NSft.Grains.Chat;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Chat;

public sealed class EndpointGateTests
{
    private readonly ManualTime _time = new();
    private readonly EndpointGate _gate;

    public EndpointGateTests() => _gate = new EndpointGate(_time);

    [Fact]
    public void Ask_NoLimits_GrantsAll() => Assert.Equal(100, _gate.Ask(Waiting(100)).Granted);

    [Fact]
    public void Ask_RequestLimit_GrantsWhatThePaceAllows()
    {
        var limited = Waiting(100) with { RequestsPerMinute = 600 };
        _gate.Ask(limited);
        _time.Advance(TimeSpan.FromSeconds(60));

        var reply = _gate.Ask(limited);

        Assert.Equal(30, reply.Granted);
        Assert.InRange(reply.Wait.TotalMilliseconds, 100, 110);
    }

    [Fact]
    public void Ask_TokenLimit_CountsTokensAndCorrections()
    {
        var limited = Waiting(10, tokens: 50) with { TokensPerMinute = 2_000 };
        _gate.Ask(limited);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(2, _gate.Ask(limited).Granted);

        // They took fewer: one more fits at once.
        Assert.Equal(1, _gate.Ask(limited with { TokenCorrection = -60 }).Granted);
    }

    [Fact]
    public void Ask_ThrottledWithRetryAfter_PausesAllUntilThen()
    {
        var reply = _gate.Ask(Waiting(1) with { Throttled = 1, RetryAfter = TimeSpan.FromSeconds(7) });
        Assert.Equal(0, reply.Granted);
        Assert.Equal(TimeSpan.FromSeconds(7), reply.Wait);

        // Another silo's shorter pause does not shorten it.
        Assert.Equal(TimeSpan.FromSeconds(7), _gate.Ask(Waiting(1) with { Throttled = 1, RetryAfter = TimeSpan.FromSeconds(1) }).Wait);

        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(1, _gate.Ask(Waiting(1)).Granted);
    }

    [Fact]
    public void Ask_OneOfManyThrottled_PausesNobodyElse()
    {
        _gate.Ask(Waiting(0) with { Answers = 40 });
        Assert.Equal(1, _gate.Ask(Waiting(1) with { Throttled = 1, RetryAfter = TimeSpan.FromSeconds(7) }).Granted);

        // Six in a row are no strays.
        Assert.Equal(TimeSpan.FromSeconds(7), _gate.Ask(Waiting(1) with { Throttled = 6, RetryAfter = TimeSpan.FromSeconds(7) }).Wait);
    }

    [Fact]
    public void Ask_ThrottledWithoutRetryAfter_PausesLongerEachTimeUntilAnAnswer()
    {
        var first = _gate.Ask(Waiting(1) with { Throttled = 1 }).Wait;
        _time.Advance(first);
        var second = _gate.Ask(Waiting(1) with { Throttled = 1 }).Wait;
        _time.Advance(second);
        _gate.Ask(Waiting(1) with { Answers = 1 });
        var third = _gate.Ask(Waiting(1) with { Throttled = 1 }).Wait;

        Assert.Equal(first * 2, second);
        Assert.Equal(first, third);
    }

    [Fact]
    public void Ask_ServerFails_TriesWithOneAndTellsWhy()
    {
        _gate.Ask(Waiting(0) with { Failures = CircuitBreaker.ConsecutiveLimit, LastFailure = "500" });
        var open = _gate.Ask(Waiting(5));
        Assert.Equal((0, "500"), (open.Granted, open.LastFailure));

        _time.Advance(open.Wait);
        var trial = _gate.Ask(Waiting(5));
        Assert.Equal((1, true), (trial.Granted, trial.IsProbe));
        Assert.True(trial.DownFor > TimeSpan.Zero);

        var closed = _gate.Ask(Waiting(5) with { Answers = 1 });
        Assert.Equal((5, false, TimeSpan.Zero), (closed.Granted, closed.IsProbe, closed.DownFor));
    }

    [Fact]
    public void Ask_OpenCircuitAndNoAllowance_KeepsTheTrialForWhenItCanBeSent()
    {
        var limited = Waiting(5) with { RequestsPerMinute = 1 };
        _gate.Ask(limited with { Failures = CircuitBreaker.ConsecutiveLimit });
        _time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(0, _gate.Ask(limited).Granted);

        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(1, _gate.Ask(limited).Granted);
    }

    private static GateRequest Waiting(int count, long tokens = 10) =>
        new([.. Enumerable.Repeat(tokens, count)], RequestsPerMinute: 0, TokensPerMinute: 0, TimeSpan.FromMinutes(2));
}
