using System.Diagnostics.Metrics;
using NSft.Collectives.Metrics;

namespace NSft.Grains.Instruments;

/// <summary>What waits in this process.</summary>
internal static class QueueInstruments
{
    private const int JobLimit = 256;

    private static readonly KeyValuePair<string, object?> WorkersTag = new("queue", "workers");
    private static readonly KeyValuePair<string, object?> BlocksTag = new("queue", "blocks");
    private static readonly KeyValuePair<string, object?> RequestsTag = new("queue", "requests");
    private static readonly KeyValuePair<string, object?> ChatTag = new("queue", "chat");

    private static long _requests;
    private static long _chat;

    /// <summary>The jobs that are coordinated in this process.</summary>
    internal static readonly GaugeSources<JobBacklog> Jobs = new(JobLimit);

    static QueueInstruments() =>
        NSftMeter.Shared.CreateObservableGauge("nsft.queue.depth", Measure, "{item}", "What waits: workers that runs want, blocks that no silo has, pairs, chat requests");

    /// <summary>A pair has come to wait for its turn, or left.</summary>
    internal static void ChangeRequests(int by) => Interlocked.Add(ref _requests, by);

    /// <summary>A chat request has come to wait for leave, or left.</summary>
    internal static void ChangeChat(int by) => Interlocked.Add(ref _chat, by);

    private static IEnumerable<Measurement<double>> Measure() =>
    [
        new(RunInstruments.Runs.Sum(run => run.Reading.WantedWorkers), WorkersTag),
        new(Jobs.Sum(job => job.WaitingBlocks), BlocksTag),
        new(Interlocked.Read(ref _requests), RequestsTag),
        new(Interlocked.Read(ref _chat), ChatTag),
    ];
}
