using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace NSft.Tests.Servers;

/// <summary>
/// The part of a Kubernetes API server that the console asks, over TLS: one StatefulSet with its scale, pods, events, and what pods answer.
/// Versions of objects, refusals and conflicts are as of the real one; faults come by script.
/// </summary>
public sealed class KubernetesApiServer : IAsyncDisposable
{
    /// <summary>The token that it knows.</summary>
    public const string Token = "right-token";

    private readonly WebApplication _application;
    private readonly Queue<Func<HttpContext, Task>> _faults = [];
    private readonly List<string> _requests = [];
    private readonly Lock _gate = new();
    private int _version = 1000;

    private KubernetesApiServer(WebApplication application, TestAuthority authority)
    {
        _application = application;
        Authority = authority;
        application.Run(ServeAsync);
    }

    /// <summary>Who signed its certificate.</summary>
    public TestAuthority Authority { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Its StatefulSet; null for none.</summary>
    public JsonObject? StatefulSet { get; set; } = new()
    {
        ["metadata"] = new JsonObject { ["name"] = "nsft-silo" },
        ["spec"] = new JsonObject { ["replicas"] = 1, ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app.kubernetes.io/component"] = "silo" } } },
        ["status"] = new JsonObject { ["replicas"] = 1, ["readyReplicas"] = 1, ["updateRevision"] = "r1" },
    };

    /// <summary>Its pods.</summary>
    public JsonArray Pods { get; } = [];

    /// <summary>Its events.</summary>
    public JsonArray Events { get; } = [];

    /// <summary>What pods answer: by <c>pod:port/path</c>.</summary>
    public Dictionary<string, (int Status, string Body)> PodAnswers { get; } = [];

    /// <summary>What the caller may not do: <c>patch statefulsets/scale</c>.</summary>
    public HashSet<string> Forbidden { get; } = [];

    /// <summary>Whether pods appear and go as the number wanted changes, and are ready at once.</summary>
    public bool Follows { get; set; } = true;

    /// <summary>Is told of each number wanted, as the controller of StatefulSets is.</summary>
    public Action<int>? Scaled { get; set; }

    /// <summary>Silos wanted.</summary>
    public int Replicas => (int)StatefulSet!["spec"]!["replicas"]!;

    /// <summary>Requests so far: method and path.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Starts one.</summary>
    /// <param name="host">The name that its certificate is for.</param>
    /// <param name="years">Years until its certificate ends.</param>
    public static async Task<KubernetesApiServer> StartAsync(string host = "127.0.0.1", int years = 1)
    {
        TestAuthority authority = new();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = authority.Issue(host, years),
                ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                ClientCertificateValidation = (_, _, _) => true,
            });
        }));
        builder.WebHost.UseKestrelHttpsConfiguration();
        KubernetesApiServer server = new(builder.Build(), authority);
        await server._application.StartAsync();
        return server;
    }

    /// <summary>Answers the next request with a status.</summary>
    public void Fail(int status, int times = 1) => Script(times, context => RefuseAsync(context, status, "scripted"));

    /// <summary>Takes the next request and says nothing.</summary>
    public void Hang(int times = 1) => Script(times, context => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted));

    /// <summary>Does what the next request asks, and breaks the connection before it says so.</summary>
    public void LoseAnswer() => Script(1, async context =>
    {
        Stream body = context.Response.Body;
        context.Response.Body = Stream.Null;
        await AnswerAsync(context);
        context.Response.Body = body;
        context.Abort();
    });

    /// <summary>Before each of the next changes somebody else wants another number.</summary>
    public void Contend(int replicas, int times = 1) => Contended = (replicas, times);

    /// <summary>A kubeconfig for it.</summary>
    /// <param name="folder">Where to write it.</param>
    /// <param name="user">What it says of the user; null for the right token.</param>
    /// <param name="authority">The authority it names; null for the right one.</param>
    public string WriteKubeConfig(string folder, string? user = null, string? authority = null)
    {
        string path = Path.Combine(folder, $"{Guid.NewGuid():N}.kubeconfig");
        File.WriteAllText(path, $$"""
            apiVersion: v1
            kind: Config
            current-context: test
            contexts:
            - name: test
              context: {cluster: here, user: me, namespace: nsft}
            clusters:
            - name: here
              cluster:
                server: {{Address}}
                certificate-authority-data: {{Convert.ToBase64String(Encoding.UTF8.GetBytes(authority ?? Authority.Pem))}}
            users:
            - name: me
              user: {{user ?? $"{{token: {Token}}}"}}
            """);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        Authority.Dispose();
    }

    private (int Replicas, int Times) Contended { get; set; }

    private void Script(int times, Func<HttpContext, Task> fault)
    {
        lock (_gate)
        {
            for (int i = 0; i < times; i++)
            {
                _faults.Enqueue(fault);
            }
        }
    }

    private Task ServeAsync(HttpContext context)
    {
        Func<HttpContext, Task>? fault;
        lock (_gate)
        {
            _requests.Add($"{context.Request.Method} {context.Request.Path}");
            _ = _faults.TryDequeue(out fault);
        }

        return fault is not null ? fault(context) : AnswerAsync(context);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path;
        if (context.Connection.ClientCertificate is null && context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            await RefuseAsync(context, 401, "Unauthorized");
            return;
        }

        string resource = path.Contains("/statefulsets/", StringComparison.Ordinal) ? path.EndsWith("/scale", StringComparison.Ordinal) ? "statefulsets/scale" : "statefulsets"
            : path.Contains("/proxy/", StringComparison.Ordinal) ? "pods/proxy"
            : path.Split('/')[^1];
#pragma warning disable CA1308 // verbs as roles have them
        string verb = $"{context.Request.Method.ToLowerInvariant()} {resource}";
#pragma warning restore CA1308
        if (Forbidden.Contains(verb))
        {
            await RefuseAsync(context, 403, $"User \"system:serviceaccount:nsft:nsft-console\" cannot {verb} in the namespace \"nsft\"");
            return;
        }

        await (resource switch
        {
            "statefulsets" or "statefulsets/scale" when StatefulSet is null || !path.Contains("/namespaces/nsft/statefulsets/nsft-silo", StringComparison.Ordinal) =>
                RefuseAsync(context, 404, "statefulsets.apps \"nsft-silo\" not found"),
            "statefulsets/scale" => ScaleAsync(context),
            "statefulsets" => WriteAsync(context, StatefulSet),
            "pods" => WriteAsync(context, new JsonObject { ["items"] = Pods.DeepClone() }),
            "events" => WriteAsync(context, new JsonObject { ["items"] = Events.DeepClone() }),
            "pods/proxy" => ProxyAsync(context, path[(path.IndexOf("/pods/", StringComparison.Ordinal) + 6)..].Replace("/proxy/", "/", StringComparison.Ordinal)),
            _ => RefuseAsync(context, 404, "the server could not find the requested resource"),
        });
    }

    private async Task ScaleAsync(HttpContext context)
    {
        if (context.Request.Method == "PATCH")
        {
            if (context.Request.ContentType?.StartsWith("application/merge-patch+json", StringComparison.Ordinal) != true)
            {
                await RefuseAsync(context, 415, "the body of the request was in an unknown format");
                return;
            }

            JsonNode patch = (await JsonNode.ParseAsync(context.Request.Body))!;
            if (Contended.Times > 0)
            {
                Contended = (Contended.Replicas, Contended.Times - 1);
                Set(Contended.Replicas);
            }

            if ((string?)patch["metadata"]?["resourceVersion"] is { } version && version != $"{_version}")
            {
                await RefuseAsync(context, 409, "Operation cannot be fulfilled on statefulsets.apps \"nsft-silo\": the object has been modified");
                return;
            }

            Set((int)patch["spec"]!["replicas"]!);
        }

        await WriteAsync(context, new JsonObject
        {
            ["kind"] = "Scale",
            ["metadata"] = new JsonObject { ["name"] = "nsft-silo", ["resourceVersion"] = $"{_version}" },
            ["spec"] = new JsonObject { ["replicas"] = Replicas },
        });
    }

    private void Set(int replicas)
    {
        _version++;
        StatefulSet!["spec"]!["replicas"] = replicas;
        if (Follows)
        {
            StatefulSet["status"]!["replicas"] = replicas;
            StatefulSet["status"]!["readyReplicas"] = replicas;
        }

        Scaled?.Invoke(replicas);
    }

    private Task ProxyAsync(HttpContext context, string target)
    {
        if (!PodAnswers.TryGetValue(target, out (int Status, string Body) answer))
        {
            return RefuseAsync(context, 503, "error trying to reach service: dial tcp: connection refused");
        }

        context.Response.StatusCode = answer.Status;
        return context.Response.WriteAsync(answer.Body);
    }

    private static Task WriteAsync(HttpContext context, JsonNode body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString());
    }

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, new JsonObject { ["kind"] = "Status", ["status"] = "Failure", ["message"] = message, ["code"] = status });
    }
}
