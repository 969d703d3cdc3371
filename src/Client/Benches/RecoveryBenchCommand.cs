using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Silos;

namespace NSft.Client.Benches;

/// <summary><c>nsft bench recovery</c>: from the kill of a worker's process to the next commit, beside a restart from a checkpoint.</summary>
internal static class RecoveryBenchCommand
{
    private const int DefaultTrials = 5;
    private const int DefaultSilos = 3;
    private const int DefaultBatch = 16;
    private const int DefaultEvery = 10;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<int> trials = SharedOptions.Count("--trials", DefaultTrials, "Kills of each side");
        Option<int> silos = SharedOptions.Count("--silos", DefaultSilos, "Processes of each side, one worker each", least: 2);
        Option<int> batch = SharedOptions.Count("--global-batch", DefaultBatch, "Rows of one step over all workers");
        Option<int> every = SharedOptions.Count("--every", DefaultEvery, "Steps between the peer's checkpoints", least: 2);
        Option<bool> alone = new("--no-peer") { Description = "Time NSft alone" };
        Option<bool> json = SharedOptions.Json();
        LongCommand command = new("recovery", "Kill one of several workers: seconds to the next commit, beside PyTorch processes that restart from their last checkpoint")
        {
            trials, silos, batch, every, alone, json,
        };
        command.SetAction(async parsed =>
        {
            using StopSignals signals = new(() => { });
            RecoveryBench bench = new(parsed.GetValue(silos), parsed.GetValue(trials), parsed.GetValue(batch), line => Console.Error.WriteLine("bench: " + line));
            IReadOnlyList<double> own = await bench.RunAsync(signals.Asked);
            RecoveryPeer? peer = parsed.GetValue(alone) ? null : await RecoveryPeer.RunAsync(bench, parsed.GetValue(every), signals.Asked);
            Write(new RecoveryResult(own, peer), parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Write(RecoveryResult result, bool asJson)
    {
        if (asJson)
        {
            ConsoleOutput.WriteJson(new
            {
                result.Own,
                result.OwnMedian,
                Peer = result.Peer?.Seconds,
                result.PeerMedian,
                PeerCaughtUp = result.Peer?.CaughtUp,
                result.PeerCaughtUpMedian,
                result.Ratio,
            });
            return;
        }

        ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"NSft     {result.OwnMedian:0.00} s from kill to next commit (median of {result.Own.Count}; no step lost but the one in flight)"));
        if (result.Peer is not null)
        {
            ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"PyTorch  {result.PeerMedian:0.00} s to the first step after the restart, {result.PeerCaughtUpMedian:0.00} s to the first step that is new (median of {result.Peer.Seconds.Count}; all processes restarted from the last checkpoint)"));
            ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio    {result.Ratio:0.00} of PyTorch's time to a new step"));
        }
    }
}
