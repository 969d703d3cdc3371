using System.Collections.Concurrent;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.ShardWorker;

namespace NSft.Grains.Tests.Exchange;

/// <summary>What goes wrong between workers, and what was seen there.</summary>
internal sealed class WireFaults
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<(ParcelKind Kind, int Receiver, int Sender, int Bucket, int Chunk), bool> _denied = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _closed = new();
    private readonly Dictionary<(int Sender, int Receiver), int> _underway = [];
    private Random? _random;

    /// <summary>Every message arrives twice.</summary>
    internal bool IsRepeating { get; init; }

    /// <summary>No worker sees another's memory.</summary>
    internal bool IsBlind { get; init; }

    /// <summary>Every message is answered as unknown the first time.</summary>
    internal bool IsSlowToBegin { get; init; }

    /// <summary>Messages overtake each other.</summary>
    internal int? Seed
    {
        init => _random = value is { } seed ? new Random(seed) : null;
    }

    /// <summary>Most messages from one worker on their way to another at a time.</summary>
    internal int MostUnderway { get; private set; }

    internal ConcurrentQueue<(ParcelKind Kind, int Receiver, ChunkMessage Message)> Seen { get; } = new();

    /// <summary>Keeps messages to a worker waiting until it is released.</summary>
    internal TaskCompletionSource Hold(int receiver) => _closed.GetOrAdd(receiver, _ => new TaskCompletionSource());

    internal Task OpenAsync(int receiver) => _closed.TryGetValue(receiver, out var gate) ? gate.Task : Task.CompletedTask;

    internal bool IsUnknown(ParcelKind kind, int receiver, ChunkMessage message) =>
        IsSlowToBegin && _denied.TryAdd((kind, receiver, message.Sender, message.Bucket, message.Chunk), true);

    internal int NextDelay()
    {
        lock (_gate)
        {
            return _random?.Next(20) ?? 0;
        }
    }

    internal void Entered(ParcelKind kind, int receiver, ChunkMessage message)
    {
        Seen.Enqueue((kind, receiver, message));
        lock (_gate)
        {
            var count = _underway.GetValueOrDefault((message.Sender, receiver)) + 1;
            _underway[(message.Sender, receiver)] = count;
            MostUnderway = Math.Max(MostUnderway, count);
        }
    }

    internal void Left(int receiver, ChunkMessage message)
    {
        lock (_gate)
        {
            _underway[(message.Sender, receiver)]--;
        }
    }
}
