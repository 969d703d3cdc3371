namespace Orleans.Runtime;

/// <summary>The caller does not wait any more.</summary>
internal sealed record CancelMessage(CallId Call, GrainId Target) : Message(Call);
