using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NSft.Collectives;

namespace NSft.Client.Kubernetes;

/// <summary>
/// Asks a Kubernetes API server. A server that is busy, away for a moment or silent is asked again; a request may then have had its effect
/// already, so only such are made that may be repeated.
/// </summary>
internal sealed class ApiClient : IDisposable
{
    private const int Tries = 4;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly ApiServer _server;
    private readonly TimeSpan _limit;
    private readonly ServerTrust _trust;
    private HttpClient? _client;

    /// <summary>Makes a client; nothing is asked yet.</summary>
    /// <param name="server">The server.</param>
    /// <param name="limit">How long an answer may take.</param>
    public ApiClient(ApiServer server, TimeSpan limit)
    {
        _server = server;
        _limit = limit;
        _trust = new ServerTrust(server);
    }

    /// <summary>Reads an object.</summary>
    /// <exception cref="ApiException">The server refuses.</exception>
    /// <exception cref="UserInputException">The server cannot be reached.</exception>
    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellation) =>
        Parse(path, await SendAsync(HttpMethod.Get, path, null, cancellation).ConfigureAwait(false));

    /// <summary>Asks once, as for what a pod answers through the server.</summary>
    /// <returns>What was answered, success or not; null for nothing.</returns>
    public async Task<(HttpStatusCode Status, string Body)?> TryGetAsync(string path, CancellationToken cancellation)
    {
        _client ??= await ConnectAsync(cancellation).ConfigureAwait(false);
        (HttpStatusCode status, string body, _, Exception? failure) = await TryAsync(HttpMethod.Get, path, null, cancellation).ConfigureAwait(false);
        return failure is null ? (status, body) : null;
    }

    /// <summary>Changes an object by a merge patch.</summary>
    /// <exception cref="ApiException">The server refuses: with <see cref="HttpStatusCode.Conflict"/> where the object is not what the patch says.</exception>
    /// <exception cref="UserInputException">The server cannot be reached.</exception>
    public async Task<JsonNode> PatchAsync(string path, JsonNode patch, CancellationToken cancellation) =>
        Parse(path, await SendAsync(HttpMethod.Patch, path, patch.ToJsonString(), cancellation).ConfigureAwait(false));

    /// <inheritdoc/>
    public void Dispose() => _client?.Dispose();

    private async Task<string> SendAsync(HttpMethod method, string path, string? patch, CancellationToken cancellation)
    {
        bool hasFreshCredentials = false;
        TimeSpan pause = FirstPause;
        for (int attempt = 1; ; attempt++)
        {
            if (_client is null)
            {
                _client = await ConnectAsync(cancellation).ConfigureAwait(false);
                hasFreshCredentials = true;
            }

            (HttpStatusCode status, string body, TimeSpan? wait, Exception? failure) = await TryAsync(method, path, patch, cancellation).ConfigureAwait(false);
            if (failure is null && (int)status < 300)
            {
                return body;
            }

            if (status == HttpStatusCode.Unauthorized && !hasFreshCredentials)
            {
                _client.Dispose();
                _client = null;
                continue;
            }

            if (attempt >= Tries || (failure is null ? !IsPassing(status) : _trust.Problem is not null))
            {
                throw failure is null ? Refusal(method, path, status, body) : Unreachable(failure);
            }

            TimeSpan rest = wait ?? pause;
            await Task.Delay(rest < LongestPause ? rest : LongestPause, cancellation).ConfigureAwait(false);
            pause *= 2;
        }
    }

    private async Task<(HttpStatusCode Status, string Body, TimeSpan? Wait, Exception? Failure)> TryAsync(
        HttpMethod method, string path, string? patch, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(method, new Uri(_server.Address, _server.Address.AbsolutePath.TrimEnd('/') + path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*", 0.1));

        // The handler takes the name of the certificate from this header.
        request.Headers.Host = _server.ServerName;
        if (patch is not null)
        {
            request.Content = new StringContent(patch, Encoding.UTF8, "application/merge-patch+json");
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_limit);
        try
        {
            using HttpResponseMessage response = await _client!.SendAsync(request, limit.Token).ConfigureAwait(false);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false), response.Headers.RetryAfter?.Delta, null);
        }
        catch (HttpRequestException exception)
        {
            return (default, "", null, exception);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            return (default, "", null, exception);
        }
    }

    private async Task<HttpClient> ConnectAsync(CancellationToken cancellation)
    {
        ApiCredentials credentials = await _server.Credentials(cancellation).ConfigureAwait(false);
        SocketsHttpHandler handler = new()
        {
            ConnectTimeout = _limit,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = _trust.Accept,
                ClientCertificates = credentials.Certificate is { } certificate ? new X509CertificateCollection { certificate } : null,
            },
        };
        if (_server.Proxy is { } proxy)
        {
            handler.Proxy = new WebProxy(proxy);
        }

        HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = credentials.Authorization;
        return client;
    }

    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private JsonNode Parse(string path, string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? throw new UserInputException($"{_server.Address} answers {path} with something else than an object; is it an API server?");
        }
        catch (JsonException exception)
        {
            throw new UserInputException($"{_server.Address} answers {path} with something else than JSON; is it an API server?", exception);
        }
    }

    private UserInputException Unreachable(Exception failure)
    {
        string reason = _trust.Problem is { } problem ? problem
            : failure is OperationCanceledException ? string.Create(CultureInfo.InvariantCulture, $"it did not answer within {_limit.TotalSeconds:0.#} s, {Tries} times")
            : failure.InnerException is SocketException or IOException or AuthenticationException ? failure.InnerException.Message.TrimEnd('.')
            : failure.Message.TrimEnd('.');
        string advice = _trust.Problem is not null ? "" : "; is the cluster running, and does the way to it (VPN, proxy, firewall) stand?";
        return new UserInputException($"API server {_server.Address} ({_server.Origin}) cannot be reached: {reason}{advice}", failure);
    }

    private ApiException Refusal(HttpMethod method, string path, HttpStatusCode status, string body)
    {
        string said = MessageOf(body) is { Length: > 0 } message ? $": {message.TrimEnd('.')}" : "";
        string what = status switch
        {
            HttpStatusCode.Unauthorized => $"refuses the credentials of {_server.Origin} (401){said}; they have expired or are of another cluster: log in again",
            HttpStatusCode.Forbidden => $"forbids {method} {path} (403){said}; the role nsft-console of k8s/base/accounts.yaml has the rights that are needed",
            HttpStatusCode.NotFound => $"has no {path} (404){said}",
            _ => string.Create(CultureInfo.InvariantCulture, $"answers {method} {path} with {(int)status}{said}"),
        };
        return new ApiException($"API server {_server.Address} {what}", status);
    }

    private static string? MessageOf(string body)
    {
        try
        {
            return (string?)JsonNode.Parse(body)?["message"];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return body.Length < 200 ? body.ReplaceLineEndings(" ").Trim() : null;
        }
    }
}
