using NSft.Grains.Chat;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Chat;

public sealed class CircuitBreakerTests
{
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromMinutes(1);

    private readonly ManualTime _time = new();
    private readonly CircuitBreaker _circuit;

    public CircuitBreakerTests() => _circuit = new CircuitBreaker(_time);

    [Fact]
    public void Report_FailuresInARow_Opens()
    {
        _circuit.Report(0, CircuitBreaker.ConsecutiveLimit - 1);
        Assert.Equal(CircuitState.Closed, _circuit.State);

        _circuit.Report(0, 1);

        Assert.Equal(CircuitState.Open, _circuit.State);
        Assert.Equal(0, _circuit.Pass(5, ProbeLimit, out var wait));
        Assert.True(wait > TimeSpan.Zero);
    }

    [Fact]
    public void Report_MostFail_Opens()
    {
        for (var round = 0; round < 3; round++)
        {
            _circuit.Report(1, 0);
            _circuit.Report(0, 7);
        }

        Assert.Equal(CircuitState.Open, _circuit.State);
    }

    [Fact]
    public void Report_HalfFail_StaysClosed()
    {
        for (var round = 0; round < 100; round++)
        {
            _circuit.Report(1, 0);
            _circuit.Report(0, 1);
        }

        Assert.Equal(CircuitState.Closed, _circuit.State);
    }

    [Fact]
    public void Pass_AfterThePause_LetsOneTry()
    {
        Open();

        Assert.Equal(1, PassAfterThePause());
        Assert.Equal(CircuitState.HalfOpen, _circuit.State);
        Assert.Equal(0, _circuit.Pass(5, ProbeLimit, out _));
    }

    [Fact]
    public void Report_TrialAnswered_Closes()
    {
        Open();
        PassAfterThePause();

        _circuit.Report(1, 0);

        Assert.Equal(CircuitState.Closed, _circuit.State);
        Assert.Equal(5, _circuit.Pass(5, ProbeLimit, out _));
        Assert.Equal(TimeSpan.Zero, _circuit.DownFor);
    }

    [Fact]
    public void Report_TrialsFail_PausesDoubleUpToALimitAndDownTimeGrows()
    {
        Open();
        var pauses = new List<TimeSpan>();
        for (var trial = 0; trial < 8; trial++)
        {
            _circuit.Pass(5, ProbeLimit, out var wait);
            pauses.Add(wait);
            PassAfterThePause();
            _circuit.Report(0, 1);
        }

        Assert.Equal(pauses[0] * 2, pauses[1]);
        Assert.Equal(pauses[0] * 4, pauses[2]);
        Assert.Equal(pauses[^2], pauses[^1]);
        Assert.Equal(pauses.Sum(pause => pause.TotalSeconds), _circuit.DownFor.TotalSeconds, 3);
    }

    [Fact]
    public void Report_FailuresOfRequestsSentBefore_DoNotProlongThePause()
    {
        Open();
        _circuit.Pass(1, ProbeLimit, out var before);

        _circuit.Report(0, 20);
        _circuit.Pass(1, ProbeLimit, out var after);

        Assert.Equal(before, after);
    }

    [Fact]
    public void Pass_TrialNeverCameBack_LetsAnotherTry()
    {
        Open();
        PassAfterThePause();
        _time.Advance(ProbeLimit);

        Assert.Equal(1, _circuit.Pass(5, ProbeLimit, out _));
    }

    private void Open() => _circuit.Report(0, CircuitBreaker.ConsecutiveLimit);

    private int PassAfterThePause()
    {
        _circuit.Pass(5, ProbeLimit, out var wait);
        _time.Advance(wait);
        return _circuit.Pass(5, ProbeLimit, out _);
    }
}
