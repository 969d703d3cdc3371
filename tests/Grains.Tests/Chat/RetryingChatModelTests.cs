using Microsoft.Extensions.Logging.Abstractions;
using NSft.Data.Chat;
using NSft.Grains.Chat;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Chat;

public sealed class RetryingChatModelTests
{
    private static readonly ChatRequest Question = ScriptedChatModel.Ask("what is it?");

    private readonly InstantTime _time = new();

    [Theory]
    [InlineData(ChatFailureKind.Server)]
    [InlineData(ChatFailureKind.Timeout)]
    [InlineData(ChatFailureKind.Connection)]
    [InlineData(ChatFailureKind.Malformed)]
    [InlineData(ChatFailureKind.RateLimited)]
    public async Task Complete_PassingFailures_TriesAgainAndCountsTheTries(ChatFailureKind kind)
    {
        var reply = await CompleteAsync(ScriptedChatModel.Failing(3, new ChatException(kind, "passes")));

        Assert.Equal(new ChatUsage(4, 100, 50, 0), reply.Usage);
    }

    [Theory]
    [InlineData(ChatFailureKind.Unauthorized)]
    [InlineData(ChatFailureKind.QuotaSpent)]
    [InlineData(ChatFailureKind.Refused)]
    [InlineData(ChatFailureKind.Filtered)]
    [InlineData(ChatFailureKind.BudgetSpent)]
    [InlineData(ChatFailureKind.Unavailable)]
    public async Task Complete_LastingFailure_IsNotTriedAgain(ChatFailureKind kind)
    {
        var server = ScriptedChatModel.Failing(1, new ChatException(kind, "lasts"));

        Assert.Equal(kind, (await Assert.ThrowsAsync<ChatException>(() => CompleteAsync(server))).Kind);
        Assert.Equal(1, server.Asked[Question.Messages[0].Text]);
    }

    [Theory]
    [InlineData(ChatFailureKind.Server, 1, 1)]
    [InlineData(ChatFailureKind.Server, 5, 5)]
    [InlineData(ChatFailureKind.RateLimited, 5, 50)]
    public async Task Complete_AlwaysFails_EndsAtTheLimitWithTheReason(ChatFailureKind kind, int limit, int tries)
    {
        var server = ScriptedChatModel.Failing(int.MaxValue, new ChatException(kind, "again"));

        Assert.Equal("again", (await Assert.ThrowsAsync<ChatException>(() => CompleteAsync(server, limit))).Message);
        Assert.Equal(tries, server.Asked[Question.Messages[0].Text]);
    }

    [Fact]
    public async Task Complete_RetryAfter_WaitsThatLong()
    {
        await CompleteAsync(ScriptedChatModel.Failing(2, new ChatException(ChatFailureKind.RateLimited, "slow down", TimeSpan.FromSeconds(7))));

        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7)], _time.Delays);
    }

    [Fact]
    public async Task Complete_NoRetryAfter_PausesGrowAndVary()
    {
        await CompleteAsync(ScriptedChatModel.Failing(7, new ChatException(ChatFailureKind.Server, "500")), attempts: 8);

        Assert.Equal(7, _time.Delays.Count);
        Assert.Equal(7, _time.Delays.Distinct().Count());
        Assert.True(_time.Delays[^1] > _time.Delays[0], string.Join(' ', _time.Delays));
        Assert.All(_time.Delays, delay => Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromSeconds(20)));
    }

    private Task<ChatReply> CompleteAsync(ScriptedChatModel server, int attempts = 6) =>
        new RetryingChatModel(server, attempts, _time, NullLogger.Instance).CompleteAsync(Question, TestContext.Current.CancellationToken);

    /// <summary>A clock whose delays are over at once, and written down.</summary>
    private sealed class InstantTime : TimeProvider
    {
        internal List<TimeSpan> Delays { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                Delays.Add(dueTime);
                ThreadPool.QueueUserWorkItem(_ => callback(state));
            }

            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
