using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using System.Text.Json;
using NSft.Collectives;
using NSft.Data.Chat.OpenAi;
using OpenAI;

namespace NSft.Data.Chat;

/// <summary>Answers chats by a server that speaks OpenAI's chat completions: OpenAI itself, or any compatible one.</summary>
/// <remarks>
/// One request is one HTTP exchange: nothing is tried again here but a request whose form the server refused by name, and that costs
/// nothing. Parts that a model of a server does not take (a schema, a seed, a temperature) are left out from then on.
/// Where a server does not count tokens, they are estimated, so that a budget still holds.
/// </remarks>
public sealed class OpenAiChatModel : IChatModel
{
    private const int MostConcessions = 6;
    private const int LargestBody = 16 << 20;

    // One pool of connections for the process; connections are renewed so that changed addresses are seen.
    private static readonly HttpClientPipelineTransport Transport = new(new HttpClient(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
        UseCookies = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    });

    private readonly ChatEndpoint _endpoint;
    private readonly FailureMap _failures;
    private readonly OpenAIClient _client;
    private readonly ServerDialect _expected;
    private readonly ConcurrentDictionary<string, ServerDialect> _dialects = new(StringComparer.Ordinal);

    /// <summary>A model behind a server. Nothing is sent yet.</summary>
    /// <param name="endpoint">The server.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="UserInputException">The address is no http address, the timeout is not positive, or OpenAI's own server is asked without a key.</exception>
    public OpenAiChatModel(ChatEndpoint endpoint, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        Validate(endpoint);
        _endpoint = endpoint;
        _failures = new FailureMap(endpoint, time ?? TimeProvider.System);
        _expected = ServerDialect.Of(endpoint);
        OpenAIClientOptions options = new()
        {
            Endpoint = endpoint.Root,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            Transport = Transport,
            UserAgentApplicationId = "nsft",
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        };
        if (endpoint.Key.Length == 0)
        {
            options.AddPolicy(new NoKeyPolicy(), PipelinePosition.BeforeTransport);
        }

        _client = new OpenAIClient(new ApiKeyCredential(endpoint.Key.Length == 0 ? NoKeyPolicy.Placeholder : endpoint.Key), options);
    }

    /// <inheritdoc/>
    public async Task<ChatReply> CompleteAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        for (int requests = 1; ; requests++)
        {
            ServerDialect dialect = _dialects.GetOrAdd(request.Model, _expected);
            BinaryData body = await RequestBody.WriteAsync(request, dialect, cancellationToken);
            (int status, byte[] content, Func<string, string?> header) = await SendAsync(request.Model, body, cancellationToken);
            if (status is >= 200 and < 300)
            {
                return Read(request, content, header, requests);
            }

            ErrorBody error = ErrorBody.Read(content);
            ServerDialect? other = status is 400 or 422 && requests <= MostConcessions ? dialect.After(error, request) : null;
            if (other is null)
            {
                throw _failures.OfStatus(request.Model, status, error, header);
            }

            _dialects.TryUpdate(request.Model, other, dialect);
        }
    }

    private static void Validate(ChatEndpoint endpoint)
    {
        if (endpoint.BaseUrl is Uri url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https"))
        {
            throw new UserInputException($"base URL {url.OriginalString}: not an http or https address, such as http://localhost:8000/v1");
        }

        if (endpoint.Timeout <= TimeSpan.Zero)
        {
            throw new UserInputException($"request timeout {endpoint.Timeout}: not greater than zero");
        }

        if (endpoint.Key.Length == 0 && endpoint.BaseUrl is null)
        {
            throw new UserInputException("no API key: OpenAI's own server needs one; give a base URL for a server that needs none");
        }

        if (!ApiKeys.IsPossible(endpoint.Key))
        {
            throw new UserInputException("the API key holds characters that no key has");
        }
    }

    // One deadline over everything: connecting, waiting for the first byte, and a body that trickles in.
    private async Task<(int Status, byte[] Content, Func<string, string?> Header)> SendAsync(string model, BinaryData body, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_endpoint.Timeout);
        RequestOptions options = new() { CancellationToken = deadline.Token, ErrorOptions = ClientErrorBehaviors.NoThrow, BufferResponse = false };
        try
        {
            using BinaryContent content = BinaryContent.Create(body);
            ClientResult result = await _client.GetChatClient(model).CompleteChatAsync(content, options);
            using PipelineResponse response = result.GetRawResponse();
            byte[] answer = await ReadBoundedAsync(model, response.ContentStream, deadline.Token);
            return (response.Status, answer, name => response.Headers.TryGetValue(name, out string? value) ? value : null);
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException or ClientResultException or AggregateException)
        {
            // A request that is cut short ends in many kinds of exception; who cut it tells what it was.
            cancellationToken.ThrowIfCancellationRequested();
            bool isLate = exception is OperationCanceledException || deadline.IsCancellationRequested;
            throw isLate ? _failures.OfTimeout(model, exception) : _failures.OfConnection(model, exception);
        }
    }

    private async Task<byte[]> ReadBoundedAsync(string model, Stream? stream, CancellationToken cancellationToken)
    {
        using MemoryStream content = new();
        byte[] block = new byte[16 << 10];
        while (stream is not null)
        {
            int count = await stream.ReadAsync(block, cancellationToken);
            if (count == 0)
            {
                break;
            }

            await content.WriteAsync(block.AsMemory(0, count), cancellationToken);
            if (content.Length > LargestBody)
            {
                throw _failures.Create(ChatFailureKind.Malformed, model, $"the answer is larger than {LargestBody >> 20} MiB");
            }
        }

        return content.ToArray();
    }

    private ChatReply Read(ChatRequest request, byte[] content, Func<string, string?> header, int requests)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            if (ReplyBody.Read(document.RootElement) is ReplyBody reply)
            {
                return Accept(request, reply, requests);
            }

            ErrorBody error = ErrorBody.Read(document.RootElement);
            throw error.StatusOfCode() is > 0 and int status
                ? _failures.OfStatus(request.Model, status, error, header)
                : Malformed(request, error.Message.Length == 0 ? "it has no choices" : "it is an error in a success: " + _failures.OneLine(error.Message));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Malformed(request, content.Length == 0 ? "it is empty" : "it is not valid JSON", exception);
        }
    }

    private ChatReply Accept(ChatRequest request, ReplyBody reply, int requests)
    {
        if (reply.IsFiltered)
        {
            throw _failures.Create(ChatFailureKind.Filtered, request.Model, reply.Refusal is null ? "the server's filter held the answer back" : "the model refused to answer");
        }

        if (reply.Text is null && !reply.IsTruncated)
        {
            throw Malformed(request, "it has no text");
        }

        string text = reply.Text ?? "";
        ChatUsage usage = new(
            requests,
            reply.PromptTokens ?? TokenEstimate.Of(request),
            reply.CompletionTokens ?? TokenEstimate.Of(text),
            0);
        return new ChatReply(text, reply.Model ?? request.Model, reply.IsTruncated, usage);
    }

    private ChatException Malformed(ChatRequest request, string reason, Exception? cause = null) =>
        _failures.Create(ChatFailureKind.Malformed, request.Model, $"the answer is no chat completion: {reason}", cause: cause);
}
