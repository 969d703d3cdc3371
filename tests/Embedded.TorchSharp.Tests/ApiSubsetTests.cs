using System.Diagnostics;
using NSft.Tests;

namespace NSft.Embedded.TorchSharp.Tests;

/// <summary>The stand-in offers nothing that TorchSharp 0.107 does not have in the same form.</summary>
public sealed class ApiSubsetTests
{
    [Fact]
    public async Task PublicApi_OfTheStandIn_IsASubsetOfTorchSharp()
    {
        string assembly = typeof(torch).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "apidump.dll"), assembly]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string[] own = (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        string[] real = await File.ReadAllLinesAsync(RepositoryPaths.At("tests", "api", "torchsharp.txt"), TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.True(own.Length > 300, $"apidump listed only {own.Length} members");
        Assert.Empty(own.Except(real));
    }
}
