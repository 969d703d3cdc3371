using Microsoft.Extensions.Logging;
using NSft.Data.Chat;
using Polly;
using Polly.Retry;

namespace NSft.Grains.Chat;

/// <summary>Tries again what may pass, after pauses that grow and vary, or as long as the server asks. The reply counts all tries.</summary>
internal sealed class RetryingChatModel : IChatModel
{
    // Being too many is nobody's failure, and the gate makes the cluster slower meanwhile.
    private const int ThrottledPerAttempt = 10;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);
    private static readonly ResiliencePropertyKey<ChatRequest> RequestKey = new("request");

    private readonly IChatModel _inner;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline<ChatReply> _pipeline;

    /// <param name="inner">Makes one try.</param>
    /// <param name="attemptLimit">Tries before a failure counts, at least 1; ten times as many when the server says that there are too many.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Is told of failures.</param>
    internal RetryingChatModel(IChatModel inner, int attemptLimit, TimeProvider time, ILogger logger)
    {
        _inner = inner;
        _logger = logger;
        var builder = new ResiliencePipelineBuilder<ChatReply> { TimeProvider = time };
        if (attemptLimit > 1)
        {
            builder.AddRetry(Options(attemptLimit, failure => failure.IsPassing && failure.Kind != ChatFailureKind.RateLimited));
        }

        builder.AddRetry(Options(attemptLimit * ThrottledPerAttempt, failure => failure.Kind == ChatFailureKind.RateLimited));
        _pipeline = builder.Build();
    }

    /// <inheritdoc/>
    public async Task<ChatReply> CompleteAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        var tries = 0;
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(RequestKey, request);
        try
        {
            var reply = await _pipeline.ExecuteAsync(
                async inside =>
                {
                    tries++;
                    return await _inner.CompleteAsync(request, inside.CancellationToken);
                },
                context);
            return reply with { Usage = reply.Usage.Add(ChatUsage.None with { Requests = tries - 1 }) };
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>What the server asks for; a longer pause is kept by the gate, for all.</summary>
    private static TimeSpan? AskedPause(Exception? exception) =>
        exception is ChatException { RetryAfter: { } asked } ? (asked < LongestPause ? asked : LongestPause) : null;

    private RetryStrategyOptions<ChatReply> Options(int attempts, Func<ChatException, bool> passes) => new()
    {
        MaxRetryAttempts = attempts - 1,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = FirstPause,
        MaxDelay = LongestPause,
        ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is ChatException failure && passes(failure)),
        DelayGenerator = arguments => ValueTask.FromResult(AskedPause(arguments.Outcome.Exception)),
        OnRetry = arguments =>
        {
            arguments.Context.Properties.TryGetValue(RequestKey, out var request);
            ChatLog.Retried(_logger, request?.Model ?? string.Empty, arguments.AttemptNumber + 1, arguments.RetryDelay, arguments.Outcome.Exception?.Message ?? string.Empty);
            return ValueTask.CompletedTask;
        },
    };
}
