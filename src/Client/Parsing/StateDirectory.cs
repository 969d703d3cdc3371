using System.CommandLine;
using NSft.Collectives;
using NSft.Grains.Hosting.Settings;

namespace NSft.Client.Parsing;

/// <summary>The state directory that a verb means: the option, the environment, or the one in the home folder.</summary>
internal static class StateDirectory
{
    /// <summary>Environment variable that names the directory where the option does not.</summary>
    public const string Variable = "NSFT_STATE";

    /// <summary>Name of the option.</summary>
    public const string OptionName = "--state";

    /// <summary>A new option.</summary>
    public static Option<string?> Option() =>
        SharedOptions.Optional(OptionName, $"State directory of the cluster (default: {Variable}, or ~/.nsft/cluster)");

    /// <summary>Full path of the directory for a given option's value, with where it comes from: for verbs about processes of this machine.</summary>
    /// <exception cref="UserInputException">The path is a file, or configuration names a cluster of several machines instead.</exception>
    public static StateChoice Resolve(string? given)
    {
        string? environment = Environment.GetEnvironmentVariable(Variable);
        return given is null && string.IsNullOrWhiteSpace(environment) && Network() is StateChoice network
            ? throw new UserInputException($"{network.Origin}: the console starts and lists processes of this machine only; name a state directory with {OptionName}")
            : Resolve(given, environment, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
    }

    /// <summary>The cluster to talk to: that of the option's directory, else the one of several machines that configuration names, else as <see cref="Resolve(string?)"/>.</summary>
    /// <exception cref="UserInputException">The path is a file, or the configuration cannot be used.</exception>
    public static StateChoice ResolveCluster(string? given) => FindCluster(given) ?? Resolve(given);

    /// <summary>The same; null when neither the option nor configuration names one.</summary>
    public static StateChoice? FindCluster(string? given) => given is null ? Network() : Resolve(given);

    /// <summary>Makes the directory.</summary>
    /// <exception cref="UserInputException">It cannot be made or written.</exception>
    public static void Make(StateChoice choice)
    {
        try
        {
            Directory.CreateDirectory(choice.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{choice.Path} ({choice.Origin}): the state directory cannot be made: {exception.Message.TrimEnd('.')}; name a folder that can be written with {OptionName}", exception);
        }
    }

    private static StateChoice? Network()
    {
        NSftConfiguration configuration = NSftConfiguration.Read(ConsoleConfiguration.Load());
        if (!configuration.IsNetwork)
        {
            return null;
        }

        configuration.EnsureClient();
        return new StateChoice(string.Empty, $"{ClusteringOptions.Section}:{nameof(ClusteringOptions.Provider)} {configuration.ClusteringProvider}") { Network = configuration };
    }

    /// <summary>The same with environment and home folder given.</summary>
    internal static StateChoice Resolve(string? given, string? environment, string home)
    {
        (string path, string origin) = given is not null ? (given, OptionName)
            : !string.IsNullOrWhiteSpace(environment) ? (environment, Variable)
            : (Path.Combine(home, ".nsft", "cluster"), "default");
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new UserInputException($"{OptionName} is empty; name a folder");
        }

        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return File.Exists(full)
            ? throw new UserInputException($"{OptionName} {path}: is a file; name a folder")
            : new StateChoice(full, origin);
    }
}
