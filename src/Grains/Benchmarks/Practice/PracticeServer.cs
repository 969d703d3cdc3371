using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace NSft.Grains.Benchmarks.Practice;

/// <summary>
/// A server of chat completions on this machine that answers from its requests alone, slowly and badly as told, and keeps book of what
/// it was asked and would have charged. For measuring and testing what asks servers; no model is behind it.
/// </summary>
/// <remarks>An answer is paid once it was made, as with real servers: also when the client is gone by then.</remarks>
public sealed class PracticeServer : IAsyncDisposable
{
    private const int SlowPieces = 8;

    private readonly WebApplication _host;
    private readonly PracticeServerOptions _options;
    private readonly TimeProvider _time = TimeProvider.System;

    private PracticeServer(WebApplication host, PracticeServerOptions options)
    {
        _host = host;
        _options = options;
    }

    /// <summary>Base address, to ask it as any OpenAI-compatible server.</summary>
    public Uri Url => new($"{_host.Urls.First()}/v1");

    /// <summary>What it was asked and charges.</summary>
    public PracticeLedger Ledger { get; } = new();

    /// <summary>Starts a server on a free loopback port.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The running server; the caller disposes it.</returns>
    public static async Task<PracticeServer> StartAsync(PracticeServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var host = builder.Build();
        var server = new PracticeServer(host, options);
        host.Run(server.ServeAsync);
        await host.StartAsync(cancellationToken);
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _host.StopAsync(limit.Token);
        await _host.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.Request.Path != "/v1/chat/completions")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var content = body.ToArray();
        var started = _time.GetTimestamp();
        var key = Convert.ToHexStringLower(SHA256.HashData(content));
        var fault = _options.FaultOf(key, Ledger.Begin(key, started));
        Ledger.Meet(fault);
        try
        {
            // Whether or not the client waits: a model that has begun goes on.
            await Task.Delay(_options.Latency, _time, CancellationToken.None);
            await AnswerAsync(context, content, key, started, fault);
        }
        finally
        {
            Ledger.End();
        }
    }

    private async Task AnswerAsync(HttpContext context, byte[] content, string key, long started, PracticeFault fault)
    {
        switch (fault)
        {
            case PracticeFault.Throttled:
                context.Response.Headers.RetryAfter = Math.Ceiling(_options.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                context.Response.Headers["retry-after-ms"] = _options.RetryAfter.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
                await WriteErrorAsync(context, StatusCodes.Status429TooManyRequests, "rate_limit_exceeded");
                return;
            case PracticeFault.ServerError:
                await WriteErrorAsync(context, StatusCodes.Status500InternalServerError, "server_error");
                return;
            case PracticeFault.DroppedConnection:
                context.Abort();
                return;
            case PracticeFault.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            case PracticeFault.MalformedJson:
                await WriteAsync(context, "<html><body>Bad gateway</body></html>"u8.ToArray(), 1);
                return;
        }

        using var request = JsonDocument.Parse(content);
        var answer = PracticeAnswer.Write(request.RootElement, fault);
        switch (fault)
        {
            case PracticeFault.TruncatedJson:
                await WriteAsync(context, answer[..(answer.Length / 2)], 1);
                return;
            case PracticeFault.BrokenBody:
                context.Response.ContentLength = answer.Length;
                await context.Response.Body.WriteAsync(answer.AsMemory(0, answer.Length / 2));
                await context.Response.Body.FlushAsync();
                context.Abort();
                return;
            default:
                var isDelivered = await WriteAsync(context, answer, fault == PracticeFault.SlowBody ? SlowPieces : 1);
                Ledger.Pay(new PracticePayment(key, started, _time.GetTimestamp(), isDelivered));
                return;
        }
    }

    /// <summary>Writes a body whole, in pieces over another latency if there are several; false when the client has gone.</summary>
    private async Task<bool> WriteAsync(HttpContext context, byte[] body, int pieces)
    {
        try
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            var size = (body.Length + pieces - 1) / pieces;
            for (var at = 0; at < body.Length; at += size)
            {
                await context.Response.Body.WriteAsync(body.AsMemory(at, Math.Min(size, body.Length - at)), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                if (pieces > 1)
                {
                    await Task.Delay(_options.Latency / pieces, _time, context.RequestAborted);
                }
            }

            return !context.RequestAborted.IsCancellationRequested;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task WriteErrorAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        await WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(new { error = new { message = "practice", type = code, code } }), 1);
    }
}
