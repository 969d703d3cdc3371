using System.Text.Json;
using System.Text.Json.Nodes;
using NSft.Client.Tests;
using NSft.Silo;
using NSft.Tests.Servers;

namespace NSft.Deployment.Tests.Clusters;

/// <summary><c>nsft cluster doctor</c> against an API server whose silos are ill in turn.</summary>
public sealed class DoctorTests
{
    private static readonly string ReadyAnswer = $$"""{"status":"ready","silo":"10.0.0.1:11111@1","reason":null,"version":"{{ProgramVersion.Current}}"}""";

    [Fact]
    public async Task Doctor_HealthySilos_FindsNothing()
    {
        await using KubernetesApiServer server = await StartAsync(2);
        using TemporaryFolder folder = new();
        JsonElement said = (await RunAsync(server, folder, "--json")).Json();
        Assert.True(said.GetProperty("isHealthy").GetBoolean());
        Assert.All(Findings(said), finding => Assert.Equal("good", finding.Level));
        Assert.Equal(["nsft/nsft-silo", "nsft-silo-0", "nsft-silo-1"], Findings(said).Select(finding => finding.Subject));
    }

    [Theory]
    [InlineData("""{"conditions":[{"type":"PodScheduled","status":"False","message":"0/3 nodes are available: 3 Insufficient nvidia.com/gpu."}]}""", "no device: no node has a free GPU", "NVIDIA device plugin")]
    [InlineData("""{"conditions":[{"type":"PodScheduled","status":"False","message":"pod has unbound immediate PersistentVolumeClaims"}]}""", "its volume is not there", "storage class")]
    [InlineData("""{"conditions":[{"type":"PodScheduled","status":"False","message":"0/3 nodes are available: 3 Insufficient memory."}]}""", "no node takes it", "add nodes")]
    [InlineData("""{"containerStatuses":[{"state":{"waiting":{"reason":"CreateContainerConfigError","message":"secret \"nsft-storage\" not found"}}}]}""", "secret \"nsft-storage\" not found", "kubectl create secret generic nsft-storage")]
    [InlineData("""{"containerStatuses":[{"state":{"waiting":{"reason":"ImagePullBackOff","message":"not found"}}}]}""", "its image nsft-silo:cuda cannot be had", "kustomize edit set image")]
    [InlineData("""{"containerStatuses":[{"restartCount":4,"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"reason":"OOMKilled","exitCode":137}}}]}""", "ended 4 times, last for want of memory", "resources.limits.memory")]
    [InlineData("""{"containerStatuses":[{"restartCount":4,"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"reason":"Error","exitCode":1,"message":"some line\nnsft-silo: azblob:nsft-state: the account refuses the key\n"}}}]}""", "storage cannot be used: nsft-silo: azblob:nsft-state", "nsft-storage")]
    [InlineData("""{"containerStatuses":[{"restartCount":1,"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"reason":"Error","exitCode":1,"message":"nsft-silo: Silo:WorkersPerSilo cannot be 0: give at least 1"}}}]}""", "Silo:WorkersPerSilo cannot be 0", "apply again")]
    [InlineData("""{"containerStatuses":[{"restartCount":2,"state":{"running":{}},"lastState":{"terminated":{"reason":"Error","exitCode":137}}}]}""", "ended 2 times, killed", "/healthz/live")]
    [InlineData("""{"podIP":"10.0.0.9","containerStatuses":[{"state":{"running":{}}}]}""", "does not answer /healthz/ready", "kubectl logs")]
    public async Task Doctor_PodThatCannotRun_NamesCauseAndRemedy(string status, string problem, string advice)
    {
        await using KubernetesApiServer server = await StartAsync(1);
        using TemporaryFolder folder = new();
        JsonObject pod = Pod("nsft-silo-9");
        pod["status"] = JsonNode.Parse(status);
        server.Pods.Add(pod);
        ConsoleResult result = await RunAsync(server, folder, "--json");
        Assert.Equal(2, result.ExitCode);
        (string level, string subject, string said, string? remedy) = Findings(JsonDocument.Parse(result.Output).RootElement)[0];
        Assert.Equal(("fault", "nsft-silo-9"), (level, subject));
        Assert.Contains(problem, said, StringComparison.Ordinal);
        Assert.Contains(advice, remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"status":"joining","silo":null,"reason":"it has not joined its cluster yet"}""", "", false, "fault", "it has not joined its cluster yet")]
    [InlineData("""{"status":"outside","silo":null,"reason":"its cluster has it as Dead"}""", "", false, "fault", "its cluster has it as Dead")]
    [InlineData(null, "nsft_device_memory{device=\"cpu\",kind=\"total\"} 1e9\n", true, "fault", "no device: it has a GPU by Kubernetes")]
    [InlineData(null, "nsft_device_memory{device=\"cuda:0\",kind=\"total\"} 8e10\nnsft_storage_requests{operation=\"write\",outcome=\"failed\"} 3\nnsft_storage_requests{operation=\"read\",outcome=\"ok\"} 9\n", true, "warning", "storage: 3 requests failed")]
    public async Task Doctor_SiloThatSaysWhatIsWrong_TellsIt(string? health, string metrics, bool isReady, string level, string problem)
    {
        await using KubernetesApiServer server = await StartAsync(0);
        using TemporaryFolder folder = new();
        JsonObject pod = Pod("nsft-silo-0", isReady);
        pod["spec"]!["containers"]![0]!["resources"] = JsonNode.Parse("""{"limits":{"nvidia.com/gpu":"1"}}""");
        server.Pods.Add(pod);
        server.PodAnswers["nsft-silo-0:8080/healthz/ready"] = (health is null ? 200 : 503, health ?? ReadyAnswer);
        server.PodAnswers["nsft-silo-0:8080/metrics"] = (200, metrics);
        ConsoleResult result = await RunAsync(server, folder, "--json");
        (string Level, string Subject, string Problem, string? Advice) finding = Findings(JsonDocument.Parse(result.Output).RootElement).First(one => one.Subject == "nsft-silo-0");
        Assert.Equal(level, finding.Level);
        Assert.Contains(problem, finding.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_SilosOfTwoVersions_SaysSo()
    {
        await using KubernetesApiServer server = await StartAsync(2);
        using TemporaryFolder folder = new();
        server.Pods[1]!["spec"]!["containers"]![0]!["image"] = "nsft-silo:other";
        server.Pods[1]!["metadata"]!["labels"]!["controller-revision-hash"] = "r0";
        server.PodAnswers["nsft-silo-1:8080/healthz/ready"] = (200, """{"status":"ready","version":"0.0.1"}""");
        ConsoleResult result = await RunAsync(server, folder);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("different images: nsft-silo:cuda, nsft-silo:other", result.Output, StringComparison.Ordinal);
        Assert.Contains("nsft-silo-1 run an older revision", result.Output, StringComparison.Ordinal);
        Assert.Contains($"this console is {ProgramVersion.Current}", result.Output, StringComparison.Ordinal);
        Assert.Contains("0.0.1", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_PodsThatMayNotBeMade_TellsWhy_AndEventsMayBeHidden()
    {
        await using KubernetesApiServer server = await StartAsync(1);
        using TemporaryFolder folder = new();
        server.StatefulSet!["spec"]!["replicas"] = 3;
        server.Events.Add(JsonNode.Parse("""{"type":"Warning","reason":"FailedCreate","message":"exceeded quota: gpus","involvedObject":{"kind":"StatefulSet","name":"nsft-silo"}}"""));
        ConsoleResult result = await RunAsync(server, folder);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("3 silos wanted, 1 there, 1 ready: exceeded quota: gpus", result.Output, StringComparison.Ordinal);

        server.Forbidden.Add("get events");
        Assert.Contains("3 silos wanted, 1 there, 1 ready", (await RunAsync(server, folder)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WithTheSilosSettings_TriesTheirStore()
    {
        await using KubernetesApiServer server = await StartAsync(1);
        await using AzuriteServer azurite = await AzuriteServer.StartAsync();
        using TemporaryFolder folder = new();
        string config = folder.Write("settings.json", Settings(azurite.ConnectionString));
        Assert.Contains("good     storage: azblob:nsft-state can be written and read", (await RunAsync(server, folder, "--config", config)).Output, StringComparison.Ordinal);

        folder.Write("settings.json", Settings(azurite.ConnectionString.Replace(azurite.AccountKey, Convert.ToBase64String(new byte[64]), StringComparison.Ordinal)));
        ConsoleResult refused = await RunAsync(server, folder, "--config", config);
        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith("fault    storage: ", refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("AccountKey", refused.Output, StringComparison.Ordinal);

        static string Settings(string connection) => JsonSerializer.Serialize(new { State = new { Provider = "azblob" }, Storage = new { ConnectionString = connection } });
    }

    [Fact]
    public async Task Doctor_WithoutTheRightToSeePods_NamesIt()
    {
        await using KubernetesApiServer server = await StartAsync(1);
        using TemporaryFolder folder = new();
        server.Forbidden.Add("get pods");
        (await RunAsync(server, folder)).IsUserError("403", "pods", "nsft-console");
    }

    private static async Task<KubernetesApiServer> StartAsync(int silos)
    {
        KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        server.StatefulSet!["spec"]!["replicas"] = silos;
        for (int i = 0; i < silos; i++)
        {
            server.Pods.Add(Pod($"nsft-silo-{i}", isReady: true));
            server.PodAnswers[$"nsft-silo-{i}:8080/healthz/ready"] = (200, ReadyAnswer);
            server.PodAnswers[$"nsft-silo-{i}:8080/metrics"] = (200, "nsft_silo_ready 1\n");
        }

        return server;
    }

    private static JsonObject Pod(string name, bool isReady = false) => JsonNode.Parse($$"""
        {
          "metadata": { "name": "{{name}}", "labels": { "controller-revision-hash": "r1" } },
          "spec": { "containers": [ { "name": "silo", "image": "nsft-silo:cuda", "ports": [ { "name": "silo", "containerPort": 11111 }, { "name": "http", "containerPort": 8080 } ] } ] },
          "status": {
            "podIP": "10.0.0.1",
            "conditions": [ { "type": "PodScheduled", "status": "True" }, { "type": "Ready", "status": "{{(isReady ? "True" : "False")}}" } ],
            "containerStatuses": [ { "restartCount": 0, "state": { "running": {} } } ]
          }
        }
        """)!.AsObject();

    private static List<(string Level, string Subject, string Problem, string? Advice)> Findings(JsonElement said) =>
    [
        .. said.GetProperty("findings").EnumerateArray().Select(finding => (
            finding.GetProperty("level").GetString()!, finding.GetProperty("subject").GetString()!, finding.GetProperty("problem").GetString()!,
            finding.TryGetProperty("advice", out JsonElement advice) ? advice.GetString() : null)),
    ];

    private static Task<ConsoleResult> RunAsync(KubernetesApiServer server, TemporaryFolder folder, params string[] more) =>
        ConsoleProcess.RunAsync(["cluster", "doctor", "--kubeconfig", server.WriteKubeConfig(folder.Path), .. more]);
}
