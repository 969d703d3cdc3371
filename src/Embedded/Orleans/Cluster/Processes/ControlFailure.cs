namespace Orleans.Runtime;

/// <summary>The answer to a question that failed.</summary>
/// <param name="Message">Why.</param>
[GenerateSerializer]
internal sealed record ControlFailure([property: Id(0)] string Message);
