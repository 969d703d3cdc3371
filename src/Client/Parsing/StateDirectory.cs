using System.CommandLine;
using NSft.Collectives;

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

    /// <summary>Full path of the directory for a given option's value, with where it comes from.</summary>
    /// <exception cref="UserInputException">The path is a file.</exception>
    public static StateChoice Resolve(string? given) =>
        Resolve(given, Environment.GetEnvironmentVariable(Variable), Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

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
