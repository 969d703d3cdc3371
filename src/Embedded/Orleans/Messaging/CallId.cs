namespace Orleans.Runtime;

/// <summary>A call: the node that waits for the response, and a number that the node chose.</summary>
internal readonly record struct CallId(SiloAddress Sender, long Number);
