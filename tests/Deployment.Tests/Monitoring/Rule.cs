namespace NSft.Deployment.Tests.Monitoring;

/// <summary>A recording rule or an alert.</summary>
/// <param name="Name">Name of the recorded series, or of the alert.</param>
/// <param name="Expression">Its query.</param>
/// <param name="IsAlert">Whether it is an alert.</param>
/// <param name="Runbook">Where an alert's meaning is told; null of a recording rule.</param>
internal sealed record Rule(string Name, string Expression, bool IsAlert, string? Runbook);
