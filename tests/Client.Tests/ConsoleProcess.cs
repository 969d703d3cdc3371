using System.Diagnostics;

namespace NSft.Client.Tests;

/// <summary>Runs the built console as a process of its own, as a user does.</summary>
internal static class ConsoleProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static Task<ConsoleResult> RunAsync(params string[] arguments) => RunAsync(arguments, new Dictionary<string, string>());

    /// <summary>Runs it with more variables in its environment.</summary>
    public static async Task<ConsoleResult> RunAsync(string[] arguments, IReadOnlyDictionary<string, string> variables)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "NSft.Client.dll"));
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource ending = new(Limit);
        await process.WaitForExitAsync(ending.Token);
        return new ConsoleResult(process.ExitCode, await output, await error);
    }
}
