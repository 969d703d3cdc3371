using NSft.Data.Chat;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Chat;

/// <summary>This silo's side of the gate: brings waiting requests to it and tells what became of those that passed. Any thread.</summary>
internal sealed class EndpointDesk
{
    // Until answers have come.
    private const double FirstCompletionTokens = 300;

    private const double NewestShare = 0.1;

    private readonly IGrainFactory _grains;
    private readonly ChatSettings _settings;
    private readonly WaitingLine<long> _line;
    private readonly Lock _lock = new();
    private GateRequest _news;
    private double _completionTokens = FirstCompletionTokens;

    /// <param name="grains">Reaches the gate.</param>
    /// <param name="settings">The model and its limits.</param>
    /// <param name="time">The clock.</param>
    internal EndpointDesk(IGrainFactory grains, ChatSettings settings, TimeProvider time)
    {
        _grains = grains;
        _settings = settings;
        _news = NoNews;
        _line = new WaitingLine<long>(AskAsync, HasNews, GiveBack, time, settings.Patience);
    }

    private GateRequest NoNews => new([], _settings.RequestsPerMinute, _settings.TokensPerMinute, _settings.Timeout);

    /// <summary>Key of the gate: the server and the model.</summary>
    internal static string KeyOf(ChatSettings settings) => $"{settings.BaseUrl?.AbsoluteUri.TrimEnd('/') ?? "openai"}|{settings.Model}";

    /// <summary>Waits until a request may be sent.</summary>
    /// <returns>The tokens it was counted as, and whether it tries a server that has been failing.</returns>
    internal async Task<(long Tokens, bool IsProbe)> EnterAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        var tokens = ChatTokens.ExpectedPrompt(request) + (long)Math.Min(request.MaxTokens, Volatile.Read(ref _completionTokens));
        return (tokens, await _line.EnterAsync(tokens, cancellationToken));
    }

    /// <summary>A request was answered.</summary>
    internal void Answered(long tokens, ChatUsage usage)
    {
        var used = usage.PromptTokens + usage.CompletionTokens;
        Tell(news =>
        {
            if (used == 0)
            {
                return news with { Answers = news.Answers + 1 };
            }

            _completionTokens += NewestShare * (usage.CompletionTokens - _completionTokens);
            return news with { Answers = news.Answers + 1, TokenCorrection = news.TokenCorrection + used - tokens };
        });
    }

    /// <summary>A request failed.</summary>
    internal void Failed(long tokens, ChatException failure) => Tell(news => failure.Kind switch
    {
        ChatFailureKind.RateLimited => news with
        {
            Throttled = news.Throttled + 1,
            RetryAfter = failure.RetryAfter > (news.RetryAfter ?? TimeSpan.Zero) ? failure.RetryAfter : news.RetryAfter,
            TokenCorrection = news.TokenCorrection - tokens,
        },
        _ when IsOfServer(failure) => news with { Failures = news.Failures + 1, LastFailure = failure.Message },
        _ => news with { Answers = news.Answers + 1 },
    });

    /// <summary>A request that may be sent is not.</summary>
    internal void GiveBack(long tokens) => Tell(news => news with { Unused = news.Unused + 1, TokenCorrection = news.TokenCorrection - tokens });

    /// <summary>Whether a failure speaks against the server, rather than the request.</summary>
    internal static bool IsOfServer(ChatException failure) =>
        failure.Kind is ChatFailureKind.Server or ChatFailureKind.Timeout or ChatFailureKind.Connection;

    private async Task<LineReply> AskAsync(IReadOnlyList<long> tokens)
    {
        GateRequest news;
        lock (_lock)
        {
            news = _news;
            _news = NoNews;
        }

        try
        {
            var reply = await _grains.GetGrain<IChatGateGrain>(KeyOf(_settings)).AskAsync(news with { Tokens = [.. tokens] });
            return new LineReply(reply.Granted, reply.Wait, reply.IsProbe, Refusal(reply));
        }
        catch
        {
            lock (_lock)
            {
                _news = Add(news, _news);
            }

            throw;
        }
    }

    private ChatException? Refusal(GateReply reply)
    {
        var who = $"{_settings.Model} at {_settings.BaseUrl?.Authority ?? "OpenAI"}";
        if (reply.DownFor > _settings.Patience)
        {
            return new ChatException(
                ChatFailureKind.Unavailable, $"{who} has been failing for {reply.DownFor.TotalMinutes:0.#} min ({reply.LastFailure}); run the job again to go on");
        }

        return reply.Wait > _settings.Patience
            ? new ChatException(ChatFailureKind.Unavailable, $"{who} asks to wait for {reply.Wait.TotalMinutes:0.#} min; run the job again to go on")
            : null;
    }

    private bool HasNews()
    {
        lock (_lock)
        {
            return _news != NoNews;
        }
    }

    private void Tell(Func<GateRequest, GateRequest> change)
    {
        lock (_lock)
        {
            _news = change(_news);
        }

        _line.Tell();
    }

    private static GateRequest Add(GateRequest older, GateRequest newer) => newer with
    {
        Answers = older.Answers + newer.Answers,
        Failures = older.Failures + newer.Failures,
        Throttled = older.Throttled + newer.Throttled,
        RetryAfter = newer.RetryAfter ?? older.RetryAfter,
        TokenCorrection = older.TokenCorrection + newer.TokenCorrection,
        Unused = older.Unused + newer.Unused,
        LastFailure = newer.LastFailure ?? older.LastFailure,
    };
}
