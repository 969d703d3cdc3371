namespace Orleans.Runtime;

/// <summary>What nodes send each other. Messages hold plain values only, so that they can also cross a process boundary.</summary>
internal abstract record Message(CallId Call);
