using System.Globalization;
using System.Text.RegularExpressions;

namespace NSft.Data.Chat.OpenAi;

/// <summary>Turns what went wrong with a request into a <see cref="ChatException"/> with one line that holds no key.</summary>
internal sealed partial class FailureMap(ChatEndpoint endpoint, TimeProvider time)
{
    private const int LongestQuote = 300;
    private const double LongestWaitSeconds = 86_400;

    /// <summary>A failure that the server told.</summary>
    /// <param name="model">The model asked.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="error">What the server says.</param>
    /// <param name="header">Reads a header of the response.</param>
    public ChatException OfStatus(string model, int status, ErrorBody error, Func<string, string?> header)
    {
        (ChatFailureKind kind, string name) = Classify(status, error);
        string number = status.ToString(CultureInfo.InvariantCulture);
        return Create(kind, model, $"{name} (status {number}){Quote(error.Message)}", RetryAfter(header));
    }

    /// <summary>A failure on this side of the server.</summary>
    public ChatException Create(ChatFailureKind kind, string model, string reason, TimeSpan? retryAfter = null, Exception? cause = null) =>
        new(kind, $"{endpoint.Name}, model {OneLine(model)}: {reason}", retryAfter, cause);

    /// <summary>A connection that failed, with the innermost reason: "Connection refused" says more than "An error occurred".</summary>
    public ChatException OfConnection(string model, Exception cause)
    {
        Exception innermost = cause.GetBaseException();
        return Create(ChatFailureKind.Connection, model, $"the connection failed{Quote(innermost.Message)}", cause: cause);
    }

    /// <summary>An answer that did not come in time.</summary>
    public ChatException OfTimeout(string model, Exception cause)
    {
        string seconds = endpoint.Timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        return Create(ChatFailureKind.Timeout, model, $"no whole answer within {seconds} s", cause: cause);
    }

    /// <summary>How long the server asks to wait: <c>retry-after-ms</c>, else <c>Retry-After</c> in seconds or as a date. At most a day.</summary>
    public TimeSpan? RetryAfter(Func<string, string?> header)
    {
        if (Number(header("retry-after-ms")) is double milliseconds)
        {
            return Wait(milliseconds / 1000);
        }

        string? text = header("Retry-After");
        if (Number(text) is double seconds)
        {
            return Wait(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? Wait((date - time.GetUtcNow()).TotalSeconds)
            : null;
    }

    private static (ChatFailureKind Kind, string Name) Classify(int status, ErrorBody error)
    {
        if (error.SaysQuotaSpent || status == 402)
        {
            return (ChatFailureKind.QuotaSpent, "the account's quota is spent");
        }

        if (error.SaysFiltered)
        {
            return (ChatFailureKind.Filtered, "the server's filter held the answer back");
        }

        return status switch
        {
            401 => (ChatFailureKind.Unauthorized, "the server does not accept the key"),
            403 => (ChatFailureKind.Unauthorized, "the key may not use the model"),
            404 => (ChatFailureKind.Unauthorized, "the server does not know the model or the address"),
            408 => (ChatFailureKind.Timeout, "the server waited too long"),
            429 => (ChatFailureKind.RateLimited, "too many requests"),
            409 or 425 or >= 500 => (ChatFailureKind.Server, "the server failed"),
            _ => (ChatFailureKind.Refused, "the server refuses the request"),
        };
    }

    private string Quote(string text)
    {
        string line = OneLine(text);
        return line.Length == 0 ? "" : ": " + line;
    }

    // Servers repeat the key in their messages, whole or in part.
    internal string OneLine(string text)
    {
        string hidden = endpoint.Key.Length > 0 ? text.Replace(endpoint.Key, "[key]", StringComparison.Ordinal) : text;
        string line = Spaces().Replace(KeyLike().Replace(hidden, "[key]"), " ").Trim();
        return line.Length <= LongestQuote ? line : line[..LongestQuote] + "...";
    }

    private static TimeSpan Wait(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestWaitSeconds));

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    [GeneratedRegex(@"\b(?:sk|pk|key)-[\w*.-]+|\bBearer\s+\S+|[\w-]*\*{3,}[\w-]*", RegexOptions.IgnoreCase)]
    private static partial Regex KeyLike();

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Spaces();
}
