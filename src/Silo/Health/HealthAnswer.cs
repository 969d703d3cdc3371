namespace NSft.Silo.Health;

/// <summary>The answer to one question about a silo's health.</summary>
/// <param name="IsHealthy">Whether the answer is yes.</param>
/// <param name="Status">The state in a word.</param>
/// <param name="Silo">Address of the silo; null while it has none.</param>
/// <param name="Reason">Why the answer is no; null when it is yes.</param>
internal sealed record HealthAnswer(bool IsHealthy, string Status, string? Silo, string? Reason);
