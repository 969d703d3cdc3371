using System.Text.Json.Serialization;

namespace NSft.Data.Chat;

/// <summary>A server that answers chats. Its text form does not show the key.</summary>
/// <param name="BaseUrl">Address up to the version, such as <c>http://localhost:8000/v1</c>; null for OpenAI's own.</param>
/// <param name="Key">API key; empty for a server that wants none.</param>
/// <param name="Timeout">Longest time from sending a request to the last byte of its answer.</param>
public sealed record ChatEndpoint(Uri? BaseUrl, [property: JsonIgnore] string Key, TimeSpan Timeout)
{
    private const string Operation = "/chat/completions";

    /// <summary>OpenAI's own server.</summary>
    public static Uri OpenAi { get; } = new("https://api.openai.com/v1");

    /// <summary>How answers that follow a schema are asked for. Default <see cref="SchemaForm.Auto"/>.</summary>
    public SchemaForm SchemaForm { get; init; } = SchemaForm.Auto;

    /// <summary>Address that the client puts <c>/chat/completions</c> behind; who gave the whole address is understood.</summary>
    internal Uri Root
    {
        get
        {
            UriBuilder address = new(BaseUrl ?? OpenAi);
            string path = address.Path.TrimEnd('/');
            address.Path = path.EndsWith(Operation, StringComparison.OrdinalIgnoreCase) ? path[..^Operation.Length] : path;
            return address.Uri;
        }
    }

    /// <summary>Scheme, host and port: what messages call the server. User names and queries of an address stay out.</summary>
    internal string Name => (BaseUrl ?? OpenAi).GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>The server and whether there is a key.</summary>
    public override string ToString() => $"{Name} ({(Key.Length == 0 ? "no key" : "key hidden")})";
}
