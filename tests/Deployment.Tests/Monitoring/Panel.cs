namespace NSft.Deployment.Tests.Monitoring;

/// <summary>A panel of the dashboard.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Description">What it says.</param>
/// <param name="Unit">Unit of its values.</param>
/// <param name="Queries">Its queries, with the dashboard's variables in them.</param>
internal sealed record Panel(string? Title, string? Description, string? Unit, IReadOnlyList<string> Queries);
