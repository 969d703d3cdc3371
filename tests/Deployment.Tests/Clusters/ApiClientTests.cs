using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using NSft.Client.Kubernetes;
using NSft.Client.Tests;
using NSft.Collectives;
using NSft.Tests.Servers;

namespace NSft.Deployment.Tests.Clusters;

/// <summary>How an API server is found and trusted, and what is said when that fails.</summary>
public sealed class ApiClientTests
{
    private const string Scale = "/apis/apps/v1/namespaces/nsft/statefulsets/nsft-silo/scale";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Get_ServerThatHangs_IsAskedAgainAndThenNamed()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        using TemporaryFolder folder = new();
        server.Hang(times: 8);
        using ApiClient client = new(Server(server.WriteKubeConfig(folder.Path)), TimeSpan.FromMilliseconds(300));
        UserInputException error = await Assert.ThrowsAsync<UserInputException>(() => client.GetAsync(Scale, TestContext.Current.CancellationToken));
        Assert.Contains("did not answer within 0.3 s, 4 times", error.Message, StringComparison.Ordinal);
        Assert.Contains(server.Address.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NobodyThere_SaysSo()
    {
        int port;
        using (TcpListener listener = new(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        ApiServer server = new()
        {
            Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{port}")),
            Origin = "a test",
            Credentials = _ => Task.FromResult(ApiCredentials.None),
        };
        using ApiClient client = new(server, Limit);
        UserInputException error = await Assert.ThrowsAsync<UserInputException>(() => client.GetAsync(Scale, TestContext.Current.CancellationToken));
        Assert.Contains("Connection refused", error.Message, StringComparison.Ordinal);
        Assert.Contains("(a test)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_CertificateOfAnotherAuthority_IsRefused()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        using TemporaryFolder folder = new();
        using TestAuthority other = new();
        await RefusedAsync(server.WriteKubeConfig(folder.Path, authority: other.Pem), "not from the authority");
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Get_CertificateForAnotherName_IsRefused_UnlessTheNameIsGiven()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync(host: "kubernetes");
        using TemporaryFolder folder = new();
        string config = server.WriteKubeConfig(folder.Path);
        await RefusedAsync(config, "its certificate is for kubernetes, not for 127.0.0.1");

        await File.WriteAllTextAsync(config, (await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken)).Replace("    server:", "    tls-server-name: kubernetes\n    server:", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(1, await ReplicasAsync(Server(config)));
    }

    [Fact]
    public async Task Get_CertificateThatHasEnded_IsRefusedWithItsDate()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync(years: -1);
        using TemporaryFolder folder = new();
        await RefusedAsync(server.WriteKubeConfig(folder.Path), "its certificate ended on 20");
    }

    [Fact]
    public async Task Get_ByClientCertificate_IsLetIn()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        using TemporaryFolder folder = new();
        using X509Certificate2 mine = server.Authority.Issue("me");
        using ECDsa key = mine.GetECDsaPrivateKey()!;
        folder.Write("me.crt", mine.ExportCertificatePem());
        folder.Write("me.key", key.ExportPkcs8PrivateKeyPem());
        Assert.Equal(1, await ReplicasAsync(Server(server.WriteKubeConfig(folder.Path, "{client-certificate: me.crt, client-key: me.key}"))));
    }

    [Fact]
    public async Task Get_TokenFromAPlugin_IsLetIn()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        using TemporaryFolder folder = new();
        string user = """{exec: {apiVersion: client.authentication.k8s.io/v1, command: sh, args: ["-c", "echo \"{\\\"status\\\":{\\\"token\\\":\\\"$GIVEN\\\"}}\""], env: [{name: GIVEN, value: TOKEN}]}}"""
            .Replace("TOKEN", KubernetesApiServer.Token, StringComparison.Ordinal);
        Assert.Equal(1, await ReplicasAsync(Server(server.WriteKubeConfig(folder.Path, user))));

        await RefusedAsync(server.WriteKubeConfig(folder.Path, """{exec: {command: sh, args: ["-c", "echo not logged in >&2; exit 3"]}}"""), "sh ended with 3: not logged in");
        await RefusedAsync(server.WriteKubeConfig(folder.Path, "{exec: {command: nsft-no-such-program}}"), "nsft-no-such-program cannot be run");
    }

    [Fact]
    public async Task Get_TokenThatIsRenewedMeanwhile_IsReadAgain()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        using TemporaryFolder folder = new();
        folder.Write("token", KubernetesApiServer.Token);
        using ApiClient client = new(Server(server.WriteKubeConfig(folder.Path, "{tokenFile: token}")), Limit);
        _ = await client.GetAsync(Scale, TestContext.Current.CancellationToken);

        // The server takes no old token any more: the next request is refused once.
        server.Fail(401);
        Assert.Equal(1, (int)(await client.GetAsync(Scale, TestContext.Current.CancellationToken))["spec"]!["replicas"]!);
    }

    [Fact]
    public async Task Pod_ServiceAccount_IsFoundAndLetIn()
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        using TemporaryFolder folder = new();
        folder.Write("token", $"{KubernetesApiServer.Token}\n");
        folder.Write("ca.crt", server.Authority.Pem);
        folder.Write("namespace", "nsft");
        ApiServer found = ApiServerChoice.Find(
            null,
            null,
            name => name == PodAccount.HostVariable ? server.Address.Host : name == PodAccount.PortVariable ? server.Address.Port.ToString(CultureInfo.InvariantCulture) : null,
            folder.Path,
            folder.Path);
        Assert.Equal(("nsft", true), (found.Namespace, found.IsInside));
        Assert.Equal(1, await ReplicasAsync(found));
    }

    [Theory]
    [InlineData("current-context: test", "current-context: other", "has no context other; it has test")]
    [InlineData("cluster: here", "cluster: there", "has no cluster there; it has here")]
    [InlineData("server: https", "server: ftp", "is no address")]
    [InlineData("certificate-authority-data: ", "certificate-authority-data: '!", "is no YAML")]
    [InlineData("kind: Config", "kind: [", "is no YAML")]
    [InlineData("certificate-authority-data: ", "certificate-authority: ", "is not there")]
    public async Task KubeConfig_Wrong_NamesWhat(string right, string wrong, string said)
    {
        await using KubernetesApiServer server = await KubernetesApiServer.StartAsync();
        using TemporaryFolder folder = new();
        string config = server.WriteKubeConfig(folder.Path);
        await File.WriteAllTextAsync(config, (await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken)).Replace(right, wrong, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        UserInputException error = Assert.Throws<UserInputException>(() => Server(config));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Contains(config, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KubeConfig_OfSeveralFiles_IsReadAsOne()
    {
        using TemporaryFolder folder = new();
        string contexts = folder.Write("contexts", "current-context: a\ncontexts: [{name: a, context: {cluster: c, user: u}}]\n");
        string rest = folder.Write("rest", "current-context: b\nclusters: [{name: c, cluster: {server: 'https://one:6443'}}]\nusers: [{name: u, user: {token: t}}]\n");
        string missing = folder.At("missing");
        ApiServer server = ApiServerChoice.Find(null, null, name => name == ApiServerChoice.Variable ? string.Join(Path.PathSeparator, contexts, missing, rest) : null, folder.Path);
        Assert.Equal(("https://one:6443/", $"{contexts}, context a"), (server.Address.ToString(), server.Origin));
    }

    [Fact]
    public void ApiServer_NoneKnown_SaysWhatToGive()
    {
        using TemporaryFolder folder = new();
        UserInputException error = Assert.Throws<UserInputException>(() => ApiServerChoice.Find(null, null, _ => null, folder.Path, folder.Path));
        Assert.Contains("--kubeconfig", error.Message, StringComparison.Ordinal);
    }

    private static ApiServer Server(string config) => ApiServerChoice.Find(config, null, _ => null, "/nowhere");

    private static async Task<int> ReplicasAsync(ApiServer server)
    {
        using ApiClient client = new(server, Limit);
        JsonNode scale = await client.GetAsync(Scale, TestContext.Current.CancellationToken);
        return (int)scale["spec"]!["replicas"]!;
    }

    private static async Task RefusedAsync(string config, string said) =>
        Assert.Contains(said, (await Assert.ThrowsAsync<UserInputException>(() => ReplicasAsync(Server(config)))).Message, StringComparison.Ordinal);
}
