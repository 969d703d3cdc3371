using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>Questions and answers between the engines of nodes.</summary>
internal sealed class ControlChannel(CallNode node, Func<ITransport> transport)
{
    private readonly ConcurrentDictionary<long, Question> _open = new();

    /// <summary>Asks a node and waits for its answer.</summary>
    /// <exception cref="SiloUnavailableException">The node is gone, or could not answer.</exception>
    /// <exception cref="TimeoutException">No answer came in time.</exception>
    public async Task<T> AskAsync<T>(SiloAddress peer, object body, TimeSpan timeout)
    {
        ControlMessage message = new(node.NextCall(), body);
        Question question = new(peer);
        _open[message.Call.Number] = question;
        try
        {
            if (!transport().TrySend(peer, message))
            {
                throw new SiloUnavailableException($"The silo {peer} is not available.");
            }

            object? answer = await question.Answer.Task.WaitAsync(timeout, node.Time).ConfigureAwait(false);
            return answer is ControlFailure failure
                ? throw new SiloUnavailableException($"The silo {peer} could not answer: {failure.Message}")
                : (T)answer!;
        }
        finally
        {
            _open.TryRemove(message.Call.Number, out _);
        }
    }

    /// <summary>Sends news; false if it is known that nobody listens.</summary>
    public bool Tell(SiloAddress peer, object body) => transport().TrySend(peer, new ControlMessage(node.NextCall(), body) { OneWay = true });

    /// <summary>Answers a question.</summary>
    public void Answer(ControlMessage question, object? body) => transport().TrySend(question.Call.Sender, question with { Body = body, IsAnswer = true });

    /// <summary>Takes the answer to a question of this node.</summary>
    public void Receive(ControlMessage answer)
    {
        if (_open.TryRemove(answer.Call.Number, out Question? question))
        {
            question.Answer.TrySetResult(answer.Body);
        }
    }

    /// <summary>A node is gone: it answers nothing any more.</summary>
    public void Disconnected(SiloAddress peer)
    {
        foreach ((long number, Question question) in _open)
        {
            if (question.Peer.Equals(peer) && _open.TryRemove(number, out _))
            {
                question.Answer.TrySetException(new SiloUnavailableException($"The silo {peer} became unavailable."));
            }
        }
    }

    private sealed class Question(SiloAddress peer)
    {
        public SiloAddress Peer { get; } = peer;

        public TaskCompletionSource<object?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
