using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Sampling;

/// <summary>Has a block answered by this silo's samplers. The work goes on between calls.</summary>
[GrainType("nsft.sampling-task")]
internal sealed class SamplingTaskGrain(SiloSamplers samplers, ILocalSiloDetails silo, TimeProvider time) : Grain, ISamplingTaskGrain
{
    /// <summary>How long a call waits for the end of the block.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private Task<SampleTally>? _work;

    private string Where => silo.SiloAddress.ToParsableString();

    /// <inheritdoc/>
    public async Task<SampleBlockReport> SampleAsync(SampleBlockOrder order)
    {
        var work = _work ??= samplers.SampleAsync(order);
        if (await Task.WhenAny(work, Task.Delay(Patience, time)) != work)
        {
            return new SampleBlockReport(Where, IsDone: false, 0, 0);
        }

        _work = null;
        try
        {
            var tally = await work;
            return new SampleBlockReport(Where, IsDone: true, tally.Completions, tally.Tokens);
        }
        catch (Exception exception) when (SiloLoss.Is(exception))
        {
            return new SampleBlockReport(Where, IsDone: false, 0, 0, new Failure(FailureKind.Lost, $"block {order.Block}: {exception.Message}"));
        }
#pragma warning disable CA1031 // A failing block is a value for the job, whatever it failed of.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new SampleBlockReport(Where, IsDone: false, 0, 0, Failures.Of(exception, FailureKind.Worker, $"block {order.Block}"));
        }
        finally
        {
            DeactivateOnIdle();
        }
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(string runId)
    {
        await samplers.ReleaseAsync(runId);
        DeactivateOnIdle();
    }
}
