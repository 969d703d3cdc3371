using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace NSft.Embedded.Orleans.Tests.Support;

/// <summary>A node that answers calls by itself, at the end of a socket transport.</summary>
internal sealed class Node : IMessageSink, IAsyncDisposable
{
    private static int _lastClient = Environment.ProcessId;

    private readonly ConcurrentDictionary<long, TaskCompletionSource<ResponseMessage>> _calls = new();
    private long _lastCall;

    public Node(SiloAddress address, SocketTransportOptions? options = null)
    {
        Address = address;
        Transport = new SocketTransport(options ?? Options());
        Transport.Attach(address, this);
    }

    public SiloAddress Address { get; }

    public SocketTransport Transport { get; }

    /// <summary>Answers a request; null keeps it without an answer.</summary>
    public Func<RequestMessage, object?> Answer { get; set; } = request => request.Arguments[0];

    /// <summary>Whether requests keep the room that they take, as if their turns did not begin.</summary>
    public bool IsStuck { get; set; }

    public ConcurrentQueue<Message> Received { get; } = new();

    public BlockingCollection<(SiloAddress Peer, DisconnectReason Reason)> Ended { get; } = [];

    public ConcurrentQueue<(Message Message, Exception Error)> Returned { get; } = new();

    public static SocketTransportOptions Options() => new() { ClusterId = "tests" };

    /// <summary>A silo at a free port.</summary>
    public static Node Silo(SocketTransportOptions? options = null, int generation = 1) => new(SiloAddress.New(IPAddress.Loopback, FreePort(), generation), options);

    public static Node Client(SocketTransportOptions? options = null) =>
        new(SiloAddress.New(IPAddress.Loopback, Interlocked.Increment(ref _lastClient) & 0xFFFF, -1), options);

    public static int FreePort()
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Calls a node and waits for the result.</summary>
    public async Task<object?> CallAsync(SiloAddress to, object? argument, DateTimeOffset? deadline = null)
    {
        ResponseMessage response = await StartCall(to, argument, out _, deadline).WaitAsync(TimeSpan.FromSeconds(60));
        return response.Error is null ? response.Result : throw response.Error;
    }

    public Task<ResponseMessage> StartCall(SiloAddress to, object? argument, out RequestMessage request, DateTimeOffset? deadline = null)
    {
        request = Wire.Request(argument, Interlocked.Increment(ref _lastCall), Address) with { Deadline = deadline ?? DateTimeOffset.MaxValue };
        TaskCompletionSource<ResponseMessage> call = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[request.Call.Number] = call;
        if (!Transport.TrySend(to, request))
        {
            call.TrySetException(new SiloUnavailableException("Not sent."));
        }

        return call.Task;
    }

    public void Receive(Message message)
    {
        switch (message)
        {
            case RequestMessage request:
                if (!IsStuck)
                {
                    request.Receipt?.Release();
                }

                Received.Enqueue(request);
                if (Answer(request) is { } result)
                {
                    Transport.TrySend(request.Call.Sender, new ResponseMessage(request.Call) { Kind = ResponseKind.Success, Result = result });
                }

                break;
            case ResponseMessage response:
                if (_calls.TryRemove(response.Call.Number, out TaskCompletionSource<ResponseMessage>? call))
                {
                    call.TrySetResult(response);
                }

                break;
            default:
                Received.Enqueue(message);
                break;
        }
    }

    public void Disconnected(SiloAddress peer) => Ended.Add((peer, DisconnectReason.Closed));

    public void Disconnected(SiloAddress peer, DisconnectReason reason) => Ended.Add((peer, reason));

    public void Undelivered(SiloAddress to, Message message, Exception error)
    {
        Returned.Enqueue((message, error));
        if (_calls.TryRemove(message.Call.Number, out TaskCompletionSource<ResponseMessage>? call))
        {
            call.TrySetResult(new ResponseMessage(message.Call) { Kind = ResponseKind.Error, Error = error });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Transport.DetachAsync(Address);
        Ended.Dispose();
    }
}
