namespace Orleans.Runtime;

/// <summary>
/// What nodes send each other. Messages hold plain values only, so that they can also cross a process boundary: a sealed record
/// derived from this one travels by its properties, whose types must be able to travel themselves ([GenerateSerializer] on the
/// engine's own records).
/// </summary>
internal abstract record Message(CallId Call)
{
    /// <summary>Which messages this one may overtake.</summary>
    public virtual MessageLane Lane => MessageLane.Control;
}
