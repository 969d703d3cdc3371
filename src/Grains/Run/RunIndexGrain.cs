using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;

namespace NSft.Grains.Run;

/// <summary>Keeps what each run last told of itself; asks nobody.</summary>
[GrainType("nsft.run-index"), KeepAlive]
internal sealed class RunIndexGrain(
    [PersistentState("run-index", GrainStorageNames.State)] IPersistentState<RunIndexState> state) : Grain, IRunIndexGrain
{
    /// <inheritdoc/>
    public Task<RunSummary[]> ListAsync() => Task.FromResult<RunSummary[]>([.. state.State.Runs]);

    /// <inheritdoc/>
    public Task PutAsync(RunSummary summary)
    {
        var at = state.State.Runs.FindIndex(run => run.RunId == summary.RunId);
        if (at < 0)
        {
            state.State.Runs.Add(summary);
        }
        else
        {
            state.State.Runs[at] = summary;
        }

        return state.WriteStateAsync();
    }
}
