using System.Net.Sockets;

namespace Orleans.Runtime;

/// <summary>One TCP connection to a peer, after the preambles.</summary>
/// <param name="socket">The socket; the connection owns it.</param>
/// <param name="lane">The messages that it is for.</param>
/// <param name="epoch">The set of the peer's connections that it belongs to.</param>
internal sealed class Connection(Socket socket, MessageLane lane, long epoch) : IDisposable
{
    public MessageLane Lane => lane;

    public long Epoch => epoch;

    public FrameSender Sender { get; } = new(socket);

    /// <summary>Ends with the connection.</summary>
    public Task Received { get; private set; } = Task.CompletedTask;

    /// <summary>Prepares a socket for messages.</summary>
    public static Socket CreateSocket() => new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>
    /// Starts to deliver messages. Those of the control lane have a thread of their own, so that probes are answered while all
    /// threads of the pool are busy.
    /// </summary>
    public void Start(SocketTransportOptions options, Action<Message> deliver, Action<Connection, DisconnectReason, Exception> ended)
    {
        FrameReceiver receiver = new(socket, options, blocks: lane == MessageLane.Control);
        using (FlowBarrier.Enter())
        {
            Received = Task.Factory.StartNew(
                () => RunAsync(receiver, deliver, ended),
                CancellationToken.None,
                lane == MessageLane.Control ? TaskCreationOptions.LongRunning : TaskCreationOptions.None,
                TaskScheduler.Default).Unwrap();
        }
    }

    /// <summary>Says that nothing more will be sent.</summary>
    public void Finish()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other side was faster.
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task RunAsync(FrameReceiver receiver, Action<Message> deliver, Action<Connection, DisconnectReason, Exception> ended)
    {
        try
        {
            await receiver.RunAsync(deliver).ConfigureAwait(false);
            ended(this, DisconnectReason.Broken, new SocketException((int)SocketError.Disconnecting));
        }
        catch (Exception error)
        {
            ended(this, error is SocketException or ObjectDisposedException ? DisconnectReason.Broken : DisconnectReason.Malformed, error);
        }
    }
}
