using System.Diagnostics;

namespace NSft.Deployment.Tests.Monitoring;

/// <summary>Runs Prometheus' own checker of rules and configurations.</summary>
internal static class PromTool
{
    /// <summary>Runs it and gives what it wrote; a verdict other than success fails the test with that text.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("promtool", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        string text = await output + await error;
        Assert.True(process.ExitCode == 0, $"promtool {string.Join(' ', arguments)}\n{text}");
        return text;
    }
}
