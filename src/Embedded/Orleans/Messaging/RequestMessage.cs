namespace Orleans.Runtime;

/// <summary>A call on its way to a grain.</summary>
internal sealed record RequestMessage(CallId Call) : Message(Call)
{
    /// <summary>The grain.</summary>
    public required GrainId Target { get; init; }

    /// <summary>The interface's name and the method's key in it.</summary>
    public required string Interface { get; init; }

    /// <summary>The method's key in its interface.</summary>
    public required string Method { get; init; }

    /// <summary>The arguments, copied from the caller's; the place of a cancellation token is null.</summary>
    public required object?[] Arguments { get; init; }

    /// <summary>References among the arguments, which the receiver binds to itself.</summary>
    public List<GrainReference>? References { get; init; }

    /// <summary>The caller's request context.</summary>
    public IReadOnlyDictionary<string, object>? Context { get; init; }

    /// <summary>The call chain that may re-enter grains; empty for none.</summary>
    public Guid ReentrancyId { get; init; }

    /// <summary>When the caller stops to wait.</summary>
    public DateTimeOffset Deadline { get; init; }

    /// <summary>Nobody waits for a response.</summary>
    public bool OneWay { get; init; }

    /// <summary>How often the request was sent on because its grain was elsewhere.</summary>
    public int Hops { get; init; }

    /// <summary>The room that the request takes while it waits for its turn; null if it came from this process.</summary>
    public Receipt? Receipt { get; set; }

    /// <inheritdoc/>
    public override MessageLane Lane => MessageLane.Requests;

    /// <inheritdoc/>
    public override string ToString() => $"{Interface}.{Method} to {Target} from {Call.Sender} #{Call.Number}";
}
