namespace NSft.Grains.Contracts;

/// <summary>Knows the silos of the cluster and says where workers go; its one key is <see cref="FleetKey.Only"/>.</summary>
[Alias("nsft.fleet")]
public interface IFleetGrain : IGrainWithStringKey
{
    /// <summary>Silos for a number of workers, spread as evenly as they can be.</summary>
    /// <param name="workerCount">Workers to place.</param>
    /// <returns>One silo per worker, in the parsable form of its address.</returns>
    [Alias("assign"), AlwaysInterleave]
    Task<string[]> AssignAsync(int workerCount);
}
