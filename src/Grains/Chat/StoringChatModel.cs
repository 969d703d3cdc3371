using System.Collections.Concurrent;
using NSft.Data.Chat;

namespace NSft.Grains.Chat;

/// <summary>
/// Answers from the store what was answered before; stores an answer before it is used. Who asks what is being asked already waits for
/// the same answer.
/// </summary>
/// <param name="inner">Asks the server.</param>
/// <param name="store">The answers; null to keep none.</param>
/// <param name="server">Base address of the server; null for the usual one.</param>
internal sealed class StoringChatModel(IChatModel inner, AnswerStore? store, Uri? server) : IChatModel
{
    private readonly ConcurrentDictionary<string, Flight> _flights = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<ChatReply> CompleteAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        var key = ChatKey.Of(request, server);
        while (true)
        {
            var flight = _flights.GetOrAdd(key, _ => new Flight());
            if (!flight.TryBoard())
            {
                // It has just been given up by all that waited for it.
                _flights.TryRemove(KeyValuePair.Create(key, flight));
                continue;
            }

            var isFirst = flight.TryStart(cancelling => FlyAsync(key, flight, request, cancelling));
            try
            {
                var reply = await flight.Answer.WaitAsync(cancellationToken);
                return isFirst ? reply : reply with { Usage = ChatUsage.None with { StoredAnswers = 1 } };
            }
            finally
            {
                flight.Leave();
            }
        }
    }

    private async Task<ChatReply> FlyAsync(string key, Flight flight, ChatRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (store is null)
            {
                return await inner.CompleteAsync(request, cancellationToken);
            }

            if (await store.FindAsync(key, cancellationToken) is { } stored)
            {
                return stored;
            }

            var reply = await inner.CompleteAsync(request, cancellationToken);
            store.Put(key, request, reply);
            return reply;
        }
        finally
        {
            _flights.TryRemove(KeyValuePair.Create(key, flight));
        }
    }
}
