using System.CommandLine;
using Microsoft.Extensions.Configuration;
using NSft.Collectives;

namespace NSft.Client.Parsing;

/// <summary>The settings that the console shares with silos: a file, and over it the environment.</summary>
internal static class ConsoleConfiguration
{
    /// <summary>Name of the option.</summary>
    public const string OptionName = "--config";

    /// <summary>Environment variable that names the file where the option does not; the silos that the console starts inherit it.</summary>
    public const string Variable = "NSFT_CONFIG";

    /// <summary>The option, which every verb has.</summary>
    public static Option<string?> Option() => new(OptionName)
    {
        Description = $"Settings of cluster and storage: a JSON file with the sections Clustering, State, Storage ... (default: {Variable}); the environment, as in Storage__ConnectionString, overrides it",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>Makes a file count for this process and those that it starts.</summary>
    /// <exception cref="UserInputException">It is not there.</exception>
    public static void Use(string path) =>
        Environment.SetEnvironmentVariable(Variable, Path.GetFullPath(InputPath.File(OptionName, path)));

    /// <summary>Reads the settings.</summary>
    /// <exception cref="UserInputException">The file cannot be read.</exception>
    public static IConfiguration Load()
    {
        ConfigurationBuilder builder = new();
        string? path = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrWhiteSpace(path))
        {
            builder.AddJsonFile(InputPath.File(Variable, Path.GetFullPath(path)), optional: false, reloadOnChange: false);
        }

        try
        {
            return builder.AddEnvironmentVariables().Build();
        }
        catch (Exception error) when (error is InvalidDataException or FormatException)
        {
            throw new UserInputException($"{path}: is no JSON file of settings: {(error.InnerException ?? error).Message.TrimEnd('.')}", error);
        }
    }
}
