using System.CommandLine;
using NSft.Client.Benches;

namespace NSft.Client.Commands;

/// <summary><c>nsft bench</c>: timings of the cluster beside a peer's.</summary>
internal static class BenchCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Command command = new("bench", "Time parts of the cluster beside PyTorch's");
        command.Subcommands.Add(RecoveryBenchCommand.Create());
        command.Subcommands.Add(BenchAllReduceCommand.Create());
        command.Subcommands.Add(BenchAllReduceCommand.CreateSilo());
        command.Subcommands.Add(BenchScalingCommand.Create());
        command.Subcommands.Add(ConstructBenchCommand.Create());
        command.Subcommands.Add(MetricsBenchCommand.Create());
        return command;
    }
}
