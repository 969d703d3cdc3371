using System.Globalization;
using System.Text.Json;
using NSft.Client.Processes;
using NSft.Client.Tests;
using NSft.Tests.Servers;

namespace NSft.Deployment.Tests.Clusters;

/// <summary>A run on silos whose number an API server decides: what <c>nsft cluster scale</c> is for.</summary>
public sealed class RunFollowsTests
{
    [Fact]
    public async Task Scale_WhileARunGoesOn_BringsItWorkersAndTakesThemAway()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        await using StateCluster silos = new();
        string config = server.WriteKubeConfig(Directory.CreateDirectory(silos.At("kube")).FullName);
        await silos.JsonAsync("up", "--silos", "1");
        await silos.JsonAsync(
            "train", "--model", Fixture.SampleModel, "--tokenizer", Fixture.SampleTokenizer, "--data", Fixture.Sample("preferences.json"), "--images", Fixture.SampleImages,
            "--template", "scenes", "--objective", "sft", "--global-batch", "6", "--steps", "100000", "--workers", "1", "--out", silos.At("out"), "--detach", "--name", "first");
        await silos.WaitForStepsAsync(1);

        TaskCompletionSource<int> grown = new();
        server.Scaled = number => grown.TrySetResult(number);
        JsonElement up = await silos.JsonAsync("cluster", "scale", "--replicas", "3", "--run", "first", "--kubeconfig", config);
        Assert.StartsWith("run-", up.GetProperty("run").GetString(), StringComparison.Ordinal);

        // What the controller of StatefulSets does: pods, here processes, until there are as many as wanted.
        await silos.JsonAsync("up", "--silos", (await grown.Task).ToString(CultureInfo.InvariantCulture));
        await silos.WaitForWorkersAsync(3);

        TaskCompletionSource<int> shrunk = new();
        server.Scaled = number => shrunk.TrySetResult(number);
        await silos.JsonAsync("cluster", "scale", "--replicas", "1", "--run", "first", "--kubeconfig", config);
        foreach (SiloRecord silo in silos.Silos.OrderBy(silo => silo.Name, StringComparer.Ordinal).Skip(await shrunk.Task))
        {
            Assert.True(NativeProcess.Send(silo.Process, ProcessSignal.Terminate));
        }

        await Eventually.IsTrueAsync(() => silos.Silos.Count == 1);
        JsonElement status = await silos.JsonAsync("status", "first");
        await silos.WaitForStepsAsync(status.GetProperty("committedSteps").GetInt32() + 2);
        Assert.Single((await silos.JsonAsync("status", "first")).GetProperty("workers").EnumerateArray(), worker => worker.GetProperty("stage").GetString() == "active");
        await silos.JsonAsync("cancel", "first");
    }
}
