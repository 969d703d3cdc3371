using System.Text.Json;
using NSft.Collectives;

namespace NSft.Grains.Chat;

/// <summary>Which model answers, at what pace and price, and where its answers are kept. Carries no key: each silo reads that where it is.</summary>
public sealed record ChatSettings
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Name of the model, as its server knows it.</summary>
    public required string Model { get; init; }

    /// <summary>Base address of an OpenAI-compatible server, such as <c>http://localhost:8000/v1</c>; null for OpenAI.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>Environment variable that has the key.</summary>
    public string KeyVariable { get; init; } = "OPENAI_API_KEY";

    /// <summary>File that has the key; null to take the variable.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Requests that the whole cluster may send in a minute; 0 for no limit.</summary>
    public int RequestsPerMinute { get; init; }

    /// <summary>Tokens, sent and received, that the whole cluster may use in a minute; 0 for no limit.</summary>
    public long TokensPerMinute { get; init; }

    /// <summary>Requests in flight in the whole cluster, at least 1.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>What the job may cost, in the currency of the prices; null for no limit.</summary>
    public decimal? Budget { get; init; }

    /// <summary>Price of a million tokens sent; needed for a budget.</summary>
    public decimal? PromptPrice { get; init; }

    /// <summary>Price of a million tokens received; needed for a budget.</summary>
    public decimal? CompletionPrice { get; init; }

    /// <summary>Tries of a request before its failure counts, at least 1.</summary>
    public int AttemptLimit { get; init; } = 6;

    /// <summary>Longest time of one try.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long requests wait for a server that fails before the job ends, to be gone on with later.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Folder that the silos share and keep answers in, so that none is paid twice; null to keep none. A kept answer is the text that
    /// the model wrote and what it took; the question is kept as its hash alone unless <see cref="KeepText"/> is set.
    /// </summary>
    public string? AnswerDirectory { get; init; }

    /// <summary>Keeps the questions, readable, beside the answers.</summary>
    public bool KeepText { get; init; }

    /// <summary>Reads settings.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <returns>The settings.</returns>
    public static ChatSettings FromJson(string json) =>
        JsonSerializer.Deserialize<ChatSettings>(json, Json) ?? throw new JsonException("Expected chat settings, found null.");

    /// <summary>The settings as they go to the silos.</summary>
    /// <returns>One JSON object.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Checks what can be checked before a request is sent.</summary>
    /// <exception cref="UserInputException">A value is out of range, or does not go with another.</exception>
    public void Validate()
    {
        Require(!string.IsNullOrWhiteSpace(Model), "the chat model has no name; name it with --model");
        Require(
            BaseUrl is null || (BaseUrl.IsAbsoluteUri && BaseUrl.Scheme is "http" or "https"),
            $"base URL {BaseUrl?.OriginalString}: expected an address such as http://localhost:8000/v1");
        Require(
            BaseUrl is not { IsAbsoluteUri: true } url || (url.UserInfo.Length == 0 && url.Query.Length == 0),
            "base URL: it holds a password or a query; keys are read from the environment or a file only");
        Require(RequestsPerMinute >= 0, "requests per minute: expected 0 (no limit) or more");
        Require(TokensPerMinute >= 0, "tokens per minute: expected 0 (no limit) or more");
        Require(Concurrency >= 1, "concurrency: expected 1 or more");
        Require(AttemptLimit >= 1, "attempts: expected 1 or more");
        Require(Timeout > TimeSpan.Zero && Timeout <= TimeSpan.FromHours(1), "timeout: expected more than 0 s and at most 1 h");
        Require(Patience > TimeSpan.Zero, "patience: expected more than 0 s");
        Require(PromptPrice is null or >= 0 && CompletionPrice is null or >= 0, "prices: expected 0 or more for a million tokens");
        Require(Budget is null or > 0, "budget: expected more than 0");
        Require(
            Budget is null || (PromptPrice is not null && CompletionPrice is not null),
            "a budget needs the prices of a million tokens sent and received");
    }

    private static void Require(bool isRight, string message)
    {
        if (!isRight)
        {
            throw new UserInputException(message);
        }
    }
}
