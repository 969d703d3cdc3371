namespace NSft.Grains.Contracts.Messages;

/// <summary>Begins a view change at a worker: whatever is in flight ends, and older coordinators and views are refused from now on.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Version">Version of the view to come; higher than any before.</param>
[GenerateSerializer, Immutable, Alias("nsft.halt-request")]
public sealed record HaltRequest(
    [property: Id(0)] string RunId,
    [property: Id(1)] long Version);
