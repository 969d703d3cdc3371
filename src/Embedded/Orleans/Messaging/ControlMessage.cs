namespace Orleans.Runtime;

/// <summary>
/// A message between the engines of two nodes: probes, questions to the grain directory, news of the membership. It travels on
/// the control lane, never behind payloads. The body is of a type with [GenerateSerializer], or null.
/// </summary>
/// <param name="Call">The exchange; its sender is the node that asked.</param>
/// <param name="Body">The question or the answer.</param>
internal sealed record ControlMessage(CallId Call, object? Body) : Message(Call)
{
    /// <summary>The answer to the sender's question with the same number.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>Nobody waits for an answer.</summary>
    public bool OneWay { get; init; }
}
