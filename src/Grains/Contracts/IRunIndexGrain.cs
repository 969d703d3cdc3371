using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Contracts;

/// <summary>Lists the runs of the cluster; its one key is <see cref="RunIndexKey.Only"/>.</summary>
[Alias("nsft.run-index")]
public interface IRunIndexGrain : IGrainWithStringKey
{
    /// <summary>All runs, oldest first.</summary>
    [Alias("list"), AlwaysInterleave]
    Task<RunSummary[]> ListAsync();

    /// <summary>Enters a run or what it has to tell now.</summary>
    /// <param name="summary">The run.</param>
    [Alias("put")]
    Task PutAsync(RunSummary summary);
}
