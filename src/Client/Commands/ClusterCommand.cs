using System.CommandLine;

namespace NSft.Client.Commands;

/// <summary><c>nsft cluster</c>: silos on Kubernetes.</summary>
internal static class ClusterCommand
{
    /// <summary>The verb with its own.</summary>
    public static Command Create()
    {
        Command command = new("cluster", "The silos of a Kubernetes cluster: how many, and what is wrong with them");
        command.Subcommands.Add(ClusterScaleCommand.Create());
        command.Subcommands.Add(ClusterDoctorCommand.Create());
        return command;
    }
}
