using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Orleans.Runtime;

/// <summary>Listens at the addresses of a node and hands new connections over.</summary>
internal sealed class Acceptor(SocketTransportOptions options, Func<Socket, Task> welcome, CancellationToken stop)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SiloAddress, Socket> _listeners = [];

    /// <summary>Starts to listen.</summary>
    /// <exception cref="AddressInUseException">Somebody else listens there.</exception>
    public void Listen(SiloAddress address)
    {
        Loopback.Require(address.Endpoint.Address, "The endpoint of a silo");
        Socket listener = Connection.CreateSocket();
        try
        {
            listener.Bind(address.Endpoint);
            listener.Listen();
        }
        catch (SocketException error)
        {
            listener.Dispose();
            throw error.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? new AddressInUseException($"Failed to bind to address {address.Endpoint}: address already in use.", error)
                : error;
        }

        lock (_gate)
        {
            _listeners[address] = listener;
        }

        using (FlowBarrier.Enter())
        {
            _ = Task.Run(() => AcceptAsync(address, listener));
        }
    }

    /// <summary>Stops to listen at one address.</summary>
    public void Close(SiloAddress address)
    {
        lock (_gate)
        {
            if (_listeners.Remove(address, out Socket? listener))
            {
                listener.Dispose();
            }
        }
    }

    /// <summary>Stops to listen.</summary>
    public void CloseAll()
    {
        lock (_gate)
        {
            foreach (Socket listener in _listeners.Values)
            {
                listener.Dispose();
            }

            _listeners.Clear();
        }
    }

    private async Task AcceptAsync(SiloAddress address, Socket listener)
    {
        while (true)
        {
            try
            {
                Socket socket = await listener.AcceptAsync(stop).ConfigureAwait(false);
                socket.NoDelay = true;
                _ = Task.Run(() => welcome(socket));
            }
            catch (Exception error) when (error is ObjectDisposedException or OperationCanceledException or SocketException { SocketErrorCode: SocketError.OperationAborted or SocketError.InvalidArgument })
            {
                return;
            }
            catch (SocketException error)
            {
                // Such as too many open files: others go, and the next attempt may succeed.
                WireLog.Refused(options.Logger, address, error.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(10), options.Time).ConfigureAwait(false);
            }
        }
    }
}
