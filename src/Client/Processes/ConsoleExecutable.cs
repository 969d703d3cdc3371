namespace NSft.Client.Processes;

/// <summary>How this console is started again as another process.</summary>
internal static class ConsoleExecutable
{
    private const string Host = "dotnet";

    /// <summary>Program and first arguments: the executable itself, or the .NET host with the console's assembly.</summary>
    public static IReadOnlyList<string> CommandLine { get; } = Find();

    private static string[] Find()
    {
        string program = Environment.ProcessPath ?? Host;
        string assembly = Path.Combine(AppContext.BaseDirectory, "NSft.Client.dll");
        return Path.GetFileNameWithoutExtension(program) == "NSft.Client" ? [program] : [HostPath(program), assembly];
    }

    /// <summary>A test's own executable is no host for the console's assembly.</summary>
    private static string HostPath(string program) =>
        Path.GetFileNameWithoutExtension(program) == Host ? program : Host;
}
