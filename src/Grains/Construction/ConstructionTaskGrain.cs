using NSft.Data.Chat;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;

namespace NSft.Grains.Construction;

/// <summary>
/// Works on a block off the scheduler. A coordinator that takes over from a dead one finds this activation by its key and waits for the
/// work that goes on here, so that nothing is asked twice.
/// </summary>
[GrainType("nsft.construction-task")]
#pragma warning disable CA1001 // The token source has neither timer nor wait handle, and work may look at it to the end.
internal sealed class ConstructionTaskGrain(JobContexts contexts, IPairConstructors constructors, ILocalSiloDetails silo) : Grain, IConstructionTaskGrain
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _stopped = new();
    private Task<BlockReport>? _running;

    /// <inheritdoc/>
    public Task<BlockReport> ConstructAsync(BlockRequest request)
    {
        if (_running is null or { IsCompleted: true })
        {
            _running = RunAsync(request);
        }

        return _running;
    }

    /// <inheritdoc/>
    public Task StopAsync()
    {
        DeactivateOnIdle();
        return _stopped.CancelAsync();
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _stopped.CancelAsync();

    private async Task<BlockReport> RunAsync(BlockRequest request)
    {
        var where = silo.SiloAddress.ToParsableString();
        try
        {
            // Task.Run: text work of a whole block is too long for a turn.
            var tally = await Task.Run(
                () => new BlockWorker(contexts.Open(request.Job), constructors).WorkAsync(ConstructionClient.BudgetIdOf(request.JobId, request.Job), request.Index, _stopped.Token),
                _stopped.Token);
            return new BlockReport(request.Index, where, tally.ToWork());
        }
#pragma warning disable CA1031 // A failing task is a value for the job, whatever it failed of.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new BlockReport(request.Index, where, WorkTally.None, FailureOf(request.Index, exception));
        }
        finally
        {
            DeactivateOnIdle();
        }
    }

    private static Failure FailureOf(int block, Exception exception) => exception switch
    {
        OperationCanceledException => new Failure(FailureKind.Lost, $"block {block}: stopped with its silo or its job"),
        ChatException { EndsJob: true } => new Failure(FailureKind.UserInput, exception.Message),
        _ => Failures.Of(exception, FailureKind.Worker, $"block {block}"),
    };
}
