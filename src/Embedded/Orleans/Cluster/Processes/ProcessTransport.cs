using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Orleans.Runtime;

/// <summary>Makes the transport of nodes that other processes reach.</summary>
internal sealed class ProcessTransport : ITransport
{
    private static readonly InProcessTransport Shared = new();
    private static readonly ConcurrentDictionary<SiloAddress, TcpListener> Listeners = new();

    /// <summary>A transport for one node.</summary>
    public static ITransport Open() => new ProcessTransport();

    public void Attach(SiloAddress address, IMessageSink sink)
    {
        if (!address.IsClient)
        {
            TcpListener listener = new(address.Endpoint);
            listener.Start();
            Listeners[address] = listener;
        }

        Shared.Attach(address, sink);
    }

    public void Detach(SiloAddress address)
    {
        if (Listeners.TryRemove(address, out TcpListener? listener))
        {
            listener.Dispose();
        }

        Shared.Detach(address);
    }

    public bool TrySend(SiloAddress to, Message message) => Shared.TrySend(to, message);

    public void Sever(SiloAddress peer) => Shared.Sever(peer);
}
