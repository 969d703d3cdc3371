using System.Net.Sockets;
using NSft.Collectives.Metrics;
using NSft.Data.Chat;
using NSft.Grains.Instruments;

namespace NSft.Grains.Chat;

/// <summary>One try: waits for room in the budget and for the cluster's pace, asks the server within the time, and tells both what came of it.</summary>
/// <param name="inner">The server.</param>
/// <param name="desk">This silo's side of the gate.</param>
/// <param name="purse">This silo's side of the budget; null without one.</param>
/// <param name="settings">Time and prices.</param>
/// <param name="time">The clock.</param>
internal sealed class MeteredChatModel(IChatModel inner, EndpointDesk desk, Purse? purse, ChatSettings settings, TimeProvider time) : IChatModel
{
    private readonly ChatPrice _price = new(settings.PromptPrice ?? 0, settings.CompletionPrice ?? 0);

    /// <inheritdoc/>
    public async Task<ChatReply> CompleteAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var isProbe = false;
            try
            {
                // Leave first, money second: what waits for a server holds no part of the budget.
                (var tokens, isProbe) = await desk.EnterAsync(request, cancellationToken);
                return await PayAsync(request, tokens, cancellationToken);
            }
            catch (ChatException failure)
            {
                ConstructionInstruments.Errors.Add(1, LabelValues.Text(failure.Kind.ToString()));
                if (!isProbe || !EndpointDesk.IsOfServer(failure))
                {
                    throw;
                }

                // A trial of a failing server is no try of the request's own: it waits again, as the others do.
            }
        }
    }

    private async Task<ChatReply> PayAsync(ChatRequest request, long tokens, CancellationToken cancellationToken)
    {
        var most = _price.Most(request);
        await ReserveAsync(most, tokens, cancellationToken);

        // What ends without an answer that says otherwise may be billed in full.
        var cost = most;
        try
        {
            var reply = await AskAsync(request, cancellationToken);
            cost = reply.Usage.PromptTokens + reply.Usage.CompletionTokens == 0 ? most : _price.Of(reply.Usage);
            desk.Answered(tokens, reply.Usage);
            ConstructionInstruments.Tokens.Add(reply.Usage.PromptTokens, "prompt");
            ConstructionInstruments.Tokens.Add(reply.Usage.CompletionTokens, "completion");
            return reply;
        }
        catch (ChatException failure)
        {
            cost = MayBeBilled(failure) ? most : 0;
            desk.Failed(tokens, failure);
            throw;
        }
        finally
        {
            purse?.Settle(most, cost);
            ConstructionInstruments.Cost.Add((double)cost);
        }
    }

    private async Task ReserveAsync(decimal most, long tokens, CancellationToken cancellationToken)
    {
        try
        {
            await (purse?.ReserveAsync(most, cancellationToken) ?? Task.CompletedTask);
        }
        catch
        {
            desk.GiveBack(tokens);
            throw;
        }
    }

    private async Task<ChatReply> AskAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await inner.CompleteAsync(request, either.Token);
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ChatException(
                ChatFailureKind.Timeout, FormattableString.Invariant($"{request.Model}: no answer within {settings.Timeout.TotalSeconds:0.#} s"), innerException: exception);
        }
    }

    private static bool MayBeBilled(ChatException failure) => failure.Kind switch
    {
        ChatFailureKind.Timeout or ChatFailureKind.Malformed or ChatFailureKind.Filtered => true,
        ChatFailureKind.Connection => !WasRefused(failure),
        _ => false,
    };

    private static bool WasRefused(Exception? exception) =>
        exception is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable or SocketError.NetworkUnreachable }
        || (exception is not null && WasRefused(exception.InnerException));
}
