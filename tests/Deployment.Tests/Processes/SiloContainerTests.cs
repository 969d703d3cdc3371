using System.Diagnostics;
using System.Text.Json;
using NSft.Client.Tests;
using NSft.Deployment.Tests.Manifests;
using NSft.Tests.Servers;

namespace NSft.Deployment.Tests.Processes;

/// <summary>What the manifests start, started: their command, their settings, their probes, their way to end.</summary>
public sealed class SiloContainerTests
{
    [Fact]
    public async Task Silos_OfTheDemo_JoinAnswerTheirProbesAndDrain()
    {
        Rendering demo = await Rendering.OfAsync("k8s/overlays/cpu-demo");
        await using AzuriteServer azurite = await AzuriteServer.StartAsync();
        using TemporaryFolder folder = new();
        await using SiloContainer first = await SiloContainer.StartAsync(demo, "nsft-silo-0", Here(folder, azurite));
        await first.PassAsync(demo, "startupProbe");
        await using SiloContainer second = await SiloContainer.StartAsync(demo, "nsft-silo-1", Here(folder, azurite));
        foreach (SiloContainer silo in new[] { first, second })
        {
            await silo.PassAsync(demo, "startupProbe");
            await silo.PassAsync(demo, "readinessProbe");
            await silo.PassAsync(demo, "livenessProbe");
            (int status, string metrics) = await silo.GetAsync("/metrics");
            Assert.Equal(200, status);
            Assert.Contains("\nnsft_silo_ready 1\n", metrics, StringComparison.Ordinal);
            Assert.All(silo.Output.Split('\n'), line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
        }

        await second.StopAsync();
        Assert.Contains("nsft-silo-1", second.Output, StringComparison.Ordinal);
        Assert.Equal(200, (await first.ProbeAsync(demo, "readinessProbe")).Status);
    }

    [Fact]
    public async Task Silo_AsInTheCluster_IsRefusedByTheEngineOfOneMachine_InItsLastLine()
    {
        Rendering demo = await Rendering.OfAsync("k8s/overlays/cpu-demo");
        Dictionary<string, string?> ports = new() { ["Http__Port"] = null };
        string last = await FailAsync(demo, ports);
        Assert.StartsWith("nsft-silo: ", last, StringComparison.Ordinal);
        Assert.Contains("NSftPackages=nuget", last, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Storage__ConnectionString", "AccountName=a;AccountKey=b", "Storage:ConnectionString")]
    [InlineData("State__Provider", "nowhere", "State")]
    [InlineData("Silo__Workers", "1", "Silo")]
    public async Task Silo_WithASettingThatIsWrong_EndsAndNamesIt(string name, string value, string said)
    {
        Rendering demo = await Rendering.OfAsync("k8s/overlays/cpu-demo");
        using TemporaryFolder folder = new();
        Dictionary<string, string?> settings = new(Here(folder, null)) { [name] = value };
        string last = await FailAsync(demo, settings);
        Assert.StartsWith("nsft-silo: ", last, StringComparison.Ordinal);
        Assert.Contains(said, last, StringComparison.Ordinal);
    }

    /// <summary>What differs between a pod and this machine: how silos find each other, where the store is, and free ports.</summary>
    private static Dictionary<string, string?> Here(TemporaryFolder folder, AzuriteServer? azurite) => new()
    {
        ["Clustering__Provider"] = "directory",
        ["Silo__StateDirectory"] = folder.At("cluster"),
        ["Silo__AdvertisedAddress"] = null,
        ["Storage__ConnectionString"] = azurite?.ConnectionString ?? "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:9/a",
        ["Cache__Directory"] = folder.At("cache"),
        ["Http__Port"] = "0",
    };

    private static async Task<string> FailAsync(Rendering demo, IReadOnlyDictionary<string, string?> changed)
    {
        string[] command = SiloContainer.Command(demo);
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach ((string name, string value) in SiloContainer.Environment(demo, "nsft-silo-0", changed))
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 1, $"exit code {process.ExitCode}: {await output}{error}");
        return error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
    }
}
