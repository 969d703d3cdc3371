namespace Orleans.Runtime;

/// <summary>A message that arrived whole but has a value of a type that this process does not have. Never leaves the process.</summary>
internal sealed record UndecodableMessage(CallId Call, bool IsRequest, Exception Error) : Message(Call);
