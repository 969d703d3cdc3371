namespace Orleans.Runtime;

/// <summary>The end of a call.</summary>
internal sealed record ResponseMessage(CallId Call) : Message(Call)
{
    /// <summary>How the call ended.</summary>
    public required ResponseKind Kind { get; init; }

    /// <summary>The result, copied from the callee's.</summary>
    public object? Result { get; init; }

    /// <summary>References in the result, which the receiver binds to itself.</summary>
    public List<GrainReference>? References { get; init; }

    /// <summary>The error, copied from the callee's.</summary>
    public Exception? Error { get; init; }

    /// <inheritdoc/>
    public override MessageLane Lane => Kind == ResponseKind.Success ? MessageLane.Responses : MessageLane.Control;
}
