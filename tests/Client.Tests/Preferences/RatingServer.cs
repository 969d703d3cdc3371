using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace NSft.Client.Tests.Preferences;

/// <summary>A chat server that gives every answer the same rating, and counts its requests.</summary>
internal sealed class RatingServer : IDisposable
{
    private const string Rating = """{"rationale":"mostly right","helpfulness":3,"correctness":2,"coherence":4,"complexity":1,"verbosity":2}""";

    private readonly HttpListener _listener = new();
    private int _requests;

    public RatingServer()
    {
        using (TcpListener probe = new(IPAddress.Loopback, 0))
        {
            probe.Start();
            BaseUrl = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/v1";
        }

        _listener.Prefixes.Add($"{BaseUrl}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string BaseUrl { get; }

    public int Requests => Volatile.Read(ref _requests);

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Interlocked.Increment(ref _requests);
            byte[] body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
            {
                id = "1",
                @object = "chat.completion",
                created = 1,
                model = "judge",
                choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content = Rating } } },
                usage = new { prompt_tokens = 10, completion_tokens = 5, total_tokens = 15 },
            }));
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync(body);
            context.Response.Close();
        }
    }
}
