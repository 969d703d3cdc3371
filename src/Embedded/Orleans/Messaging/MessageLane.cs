namespace Orleans.Runtime;

/// <summary>Messages of one lane between two nodes keep their order; lanes do not wait for each other.</summary>
internal enum MessageLane
{
    /// <summary>Small messages of the engine, and failures.</summary>
    Control = 0,

    /// <summary>Calls.</summary>
    Requests = 1,

    /// <summary>Results.</summary>
    Responses = 2,
}
