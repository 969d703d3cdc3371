using System.Diagnostics;
using NSft.Tests;
using Prometheus;

namespace NSft.Silo.Tests;

/// <summary>The stand-in offers nothing that prometheus-net 8.2.1 does not have in the same form.</summary>
public sealed class ApiSubsetTests
{
    [Fact]
    public async Task PublicApi_OfTheStandIn_IsASubsetOfPrometheusNet()
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "apidump.dll"), typeof(Counter).Assembly.Location]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string[] own = (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        string[] real = await File.ReadAllLinesAsync(RepositoryPaths.At("tests", "api", "prometheus.txt"), TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.Contains("Prometheus.Counter : class", own);
        Assert.Empty(own.Except(real));
    }
}
