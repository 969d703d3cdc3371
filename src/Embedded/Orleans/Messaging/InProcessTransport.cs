using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>Nodes in one process hand messages to each other.</summary>
internal sealed class InProcessTransport : ITransport
{
    private readonly ConcurrentDictionary<SiloAddress, IMessageSink> _sinks = new();

    public void Attach(SiloAddress address, IMessageSink sink) => _sinks[address] = sink;

    public void Detach(SiloAddress address)
    {
        if (_sinks.TryRemove(address, out _))
        {
            foreach (IMessageSink sink in _sinks.Values)
            {
                sink.Disconnected(address);
            }
        }
    }

    public bool TrySend(SiloAddress to, Message message)
    {
        if (!_sinks.TryGetValue(to, out IMessageSink? sink))
        {
            return false;
        }

        sink.Receive(message);
        return true;
    }

    public void Sever(SiloAddress peer) => Detach(peer);
}
