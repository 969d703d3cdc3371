using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NSft.Tests.Servers;

/// <summary>An HTTP proxy before a server of a test, which does to requests what rules say.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private static readonly string[] HopHeaders = ["Connection", "Transfer-Encoding", "Keep-Alive", "Host"];

    private readonly WebApplication _application;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly string _server;
    private readonly ConcurrentQueue<FaultRule> _rules = [];
    private readonly ConcurrentQueue<string> _requests = [];

    private FaultProxy(WebApplication application, Uri server)
    {
        _application = application;
        _server = server.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>Its port.</summary>
    public int Port { get; private set; }

    /// <summary>Requests so far: method, path and query.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Starts one on a free port.</summary>
    /// <param name="server">The server; only its host and port count.</param>
    public static async Task<FaultProxy> StartAsync(Uri server)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication application = builder.Build();
        FaultProxy proxy = new(application, server);
        application.Run(proxy.HandleAsync);
        await application.StartAsync();
        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        proxy.Port = new Uri(address).Port;
        return proxy;
    }

    /// <summary>Adds a rule; of several that take a request, the first one counts.</summary>
    /// <returns>The rule.</returns>
    public FaultRule Add(FaultRule rule)
    {
        _rules.Enqueue(rule);
        return rule;
    }

    /// <summary>Removes all rules.</summary>
    public void Clear() => _rules.Clear();

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _client.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        string target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        _requests.Enqueue($"{context.Request.Method} {target}");
        Fault? fault = _rules.FirstOrDefault(rule => rule.Takes(context.Request.Method, target))?.Fault;
        switch (fault)
        {
            case Fault.Unavailable:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers["x-ms-error-code"] = "ServerBusy";
                return;
            case Fault.Forbidden:
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                context.Response.Headers["x-ms-error-code"] = "AuthenticationFailed";
                return;
            case Fault.Reset:
                context.Abort();
                return;
            case Fault.Hang:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            default:
                await ForwardAsync(context, target, fault);
                return;
        }
    }

    private async Task ForwardAsync(HttpContext context, string target, Fault? fault)
    {
        using HttpRequestMessage request = RequestOf(context.Request, new Uri(_server + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        HttpResponseMessage answer;
        byte[] content;
        try
        {
            // Even when the client is gone: the server has the request.
            answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
            content = await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            context.Abort();
            return;
        }

        if (fault == Fault.LoseAnswer)
        {
            context.Abort();
            return;
        }

        await AnswerAsync(context, answer, content, fault);
    }

    private static HttpRequestMessage RequestOf(HttpRequest from, Uri target)
    {
        HttpRequestMessage request = new(new HttpMethod(from.Method), target);
        if (from.ContentLength is > 0 || from.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(from.Body);
        }
        else if (HttpMethods.IsPut(from.Method))
        {
            request.Content = new ByteArrayContent([]);
        }

        foreach (KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues> header in from.Headers.Where(header => !HopHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, (IEnumerable<string?>)header.Value))
            {
                request.Content?.Headers.TryAddWithoutValidation(header.Key, (IEnumerable<string?>)header.Value);
            }
        }

        return request;
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer, byte[] content, Fault? fault)
    {
        using HttpResponseMessage owned = answer;
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (KeyValuePair<string, IEnumerable<string>> header in answer.Headers.Concat(answer.Content.Headers).Where(header => !HopHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            context.Response.Headers[header.Key] = header.Value.ToArray();
        }

        bool isPartial = fault is Fault.CutAnswer or Fault.StallAnswer;
        try
        {
            await context.Response.Body.WriteAsync(content.AsMemory(0, isPartial ? content.Length / 2 : content.Length), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (fault == Fault.StallAnswer)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (isPartial)
        {
            context.Abort();
        }
    }
}
