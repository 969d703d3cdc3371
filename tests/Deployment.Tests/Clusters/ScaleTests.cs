using System.Text.Json;
using NSft.Client.Tests;
using NSft.Tests.Servers;

namespace NSft.Deployment.Tests.Clusters;

/// <summary><c>nsft cluster scale</c> against an API server.</summary>
public sealed class ScaleTests
{
    private static readonly string[] Patch = ["PATCH /apis/apps/v1/namespaces/nsft/statefulsets/nsft-silo/scale"];

    [Fact]
    public async Task Scale_ByKubeconfig_PatchesTheScaleAndNothingElse()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        using TemporaryFolder folder = new();
        JsonElement said = (await ScaleAsync(server, folder, "3", "--json", "--wait")).Json();
        Assert.Equal((1, 3, 3), (said.GetProperty("before").GetInt32(), said.GetProperty("wanted").GetInt32(), said.GetProperty("ready").GetInt32()));
        Assert.Equal(3, server.Replicas);
        Assert.Equal(Patch, server.Requests.Where(request => !request.StartsWith("GET ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Scale_ToWhatIsWantedAlready_ChangesNothing()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        using TemporaryFolder folder = new();
        ConsoleResult result = await ScaleAsync(server, folder, "1");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("1 silos were wanted already", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, request => request.StartsWith("PATCH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scale_OthersWriteInBetween_HoldsInTheEnd()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        using TemporaryFolder folder = new();
        server.Contend(replicas: 2, times: 3);
        Assert.Equal(0, (await ScaleAsync(server, folder, "5")).ExitCode);
        Assert.Equal(5, server.Replicas);
        Assert.Equal(4, server.Requests.Count(request => request.StartsWith("PATCH", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Scale_OthersNeverRest_SaysSo()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        using TemporaryFolder folder = new();
        server.Contend(replicas: 2, times: int.MaxValue);
        (await ScaleAsync(server, folder, "5")).IsUserError("nsft/nsft-silo", "autoscaler");
    }

    [Fact]
    public async Task Scale_BusyServerAndLostAnswer_IsTriedAgain()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        using TemporaryFolder folder = new();
        server.Fail(429);
        server.Fail(503);
        Assert.Equal(0, (await ScaleAsync(server, folder, "2")).ExitCode);
        Assert.Equal(2, server.Replicas);
    }

    [Fact]
    public async Task Scale_AnswerToThePatchIsLost_IsNotTakenForAFailure()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        using TemporaryFolder folder = new();
        server.LoseAnswer();
        Assert.Equal(0, (await ScaleAsync(server, folder, "4")).ExitCode);
        Assert.Equal(4, server.Replicas);
    }

    [Fact]
    public async Task Scale_WrongToken_NamesWhereItComesFrom()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        using TemporaryFolder folder = new();
        string config = server.WriteKubeConfig(folder.Path, "{token: expired}");
        (await RunAsync(config, "3")).IsUserError("401", config, "context test", "log in again");
        Assert.Equal(1, server.Replicas);
    }

    [Fact]
    public async Task Scale_WithoutTheRight_NamesTheRole()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        using TemporaryFolder folder = new();
        server.Forbidden.Add("patch statefulsets/scale");
        (await ScaleAsync(server, folder, "3")).IsUserError("403", "cannot patch statefulsets/scale", "nsft-console");
    }

    [Fact]
    public async Task Scale_NoSuchSilos_SaysWhereAndWhatMakesThem()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        using TemporaryFolder folder = new();
        (await ScaleAsync(server, folder, "3", "--namespace", "elsewhere")).IsUserError("no StatefulSet nsft-silo in namespace elsewhere", "kubectl apply -k");
    }

    [Fact]
    public async Task Scale_SilosThatDoNotCome_EndsWithPatience()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        using TemporaryFolder folder = new();
        server.Follows = false;
        ConsoleResult result = await ScaleAsync(server, folder, "3", "--wait", "--patience", "1");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("1 of 3 silos are ready", result.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Contains("nsft cluster doctor", result.ErrorLines[^1], StringComparison.Ordinal);
    }

    private static Task<ConsoleResult> ScaleAsync(KubernetesApiServer server, TemporaryFolder folder, string replicas, params string[] more) =>
        RunAsync(server.WriteKubeConfig(folder.Path), replicas, more);

    private static Task<ConsoleResult> RunAsync(string config, string replicas, params string[] more) =>
        ConsoleProcess.RunAsync(["cluster", "scale", "--kubeconfig", config, "--replicas", replicas, .. more]);
}
