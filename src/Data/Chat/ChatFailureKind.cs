using System.Text.Json.Serialization;

namespace NSft.Data.Chat;

/// <summary>Why a chat model gave no answer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChatFailureKind>))]
public enum ChatFailureKind
{
    /// <summary>Too many requests or tokens: 429. Passes.</summary>
    RateLimited,

    /// <summary>The server failed: 5xx. Passes.</summary>
    Server,

    /// <summary>No whole answer within the time. Passes.</summary>
    Timeout,

    /// <summary>The server was not reached, or the connection broke. Passes.</summary>
    Connection,

    /// <summary>What came back is no chat completion. Passes.</summary>
    Malformed,

    /// <summary>The key is missing, wrong or may not use the model, or the server does not know the model: 401, 403, 404. Ends the job.</summary>
    Unauthorized,

    /// <summary>The quota of the account is used up. Ends the job.</summary>
    QuotaSpent,

    /// <summary>The server refuses the request: other 4xx.</summary>
    Refused,

    /// <summary>The server's filter holds the answer back.</summary>
    Filtered,

    /// <summary>The job's budget is spent. Ends the job.</summary>
    BudgetSpent,

    /// <summary>The server has failed for longer than the job waits, or asks to wait longer. Ends the job, which can be gone on with later.</summary>
    Unavailable,
}
