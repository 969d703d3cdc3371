using NSft.Collectives;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;
using NSft.Grains.Tests.Testing;
using NSft.Training;
using NSft.Training.Samples;
using NSft.Training.Sessions;

namespace NSft.Grains.Tests.Training;

/// <summary>Real sessions under joins, losses and resumes: always the weights of the local trainer.</summary>
public sealed class ElasticTrainingTests : IDisposable
{
    private readonly TinyRun _tiny = new();

    [Theory]
    [InlineData(1, ComputePrecision.Float32)]
    [InlineData(2, ComputePrecision.Float32)]
    [InlineData(3, ComputePrecision.BFloat16)]
    public async Task Train_SlicedOptimizerState_GivesTheSameBits(int workers, ComputePrecision dtype)
    {
        var options = _tiny.Options() with { Dtype = dtype };
        await using var cluster = await LocalCluster.StartAsync(workers, TestContext.Current.CancellationToken);

        var outcome = await new RunClient(cluster.Client).TrainAsync(
            options,
            _tiny.At("out"),
            workers,
            elastic: new ElasticOptions(StateMode: OptimizerStateMode.Zero1),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Alone(options), outcome.WeightsHash);
    }

    [Theory]
    [InlineData(OptimizerStateMode.Replicated)]
    [InlineData(OptimizerStateMode.Zero1)]
    public async Task Run_JoinLossAndScaleDown_GivesTheSameBits(OptimizerStateMode mode)
    {
        var options = _tiny.Options() with { Steps = 120 };
        await using var cluster = await LocalCluster.StartAsync(3, TestContext.Current.CancellationToken);
        var run = cluster.Client.GetGrain<IRunGrain>("elastic");
        await run.StartAsync(new RunRequest(
            TrainingOptionsJson.Write(options), 1, _tiny.Make("staging"), Elastic: new ElasticOptions(StateMode: mode)));

        await WaitAsync(run, status => status.CommittedSteps > 2);
        await run.ScaleAsync(3);
        var grown = await WaitAsync(run, status => status.View is { Seats.Length: 3 } view && view.Seats.All(seat => !seat.IsPassive));
        var coordinator = await cluster.Client.GetGrain<Orleans.Runtime.IManagementGrain>(0).GetActivationAddress(run);
        cluster.CrashSilo(grown.View!.Seats.First(seat => seat.Silo != coordinator!.ToParsableString()).Silo);
        await WaitAsync(run, status => status.View!.Version > grown.View.Version);
        await run.ScaleAsync(2);
        var ended = await WaitAsync(run, status => status.Phase.IsTerminal());

        Assert.Null(ended.Failure);
        Assert.Equal(Alone(options), ended.WeightsHash);
    }

    [Theory]
    [InlineData(OptimizerStateMode.Replicated, 1, 3)]
    [InlineData(OptimizerStateMode.Zero1, 3, 2)]
    public async Task Run_ResumedOnOtherWorkers_GivesTheSameBits(OptimizerStateMode mode, int before, int after)
    {
        var options = _tiny.Options() with { Steps = 40 };
        var elastic = new ElasticOptions(StateMode: mode, RunDirectory: _tiny.Make("run"), CheckpointEvery: 2);
        await using (var first = await LocalCluster.StartAsync(before, TestContext.Current.CancellationToken))
        {
            var run = first.Client.GetGrain<IRunGrain>("first");
            await run.StartAsync(new RunRequest(TrainingOptionsJson.Write(options), before, _tiny.Make("staging"), Elastic: elastic));
            await WaitAsync(run, status => status.LastCheckpointStep >= 4);
            await run.CancelAsync();
        }

        await using var second = await LocalCluster.StartAsync(after, TestContext.Current.CancellationToken);
        var outcome = await new RunClient(second.Client).TrainAsync(
            options, _tiny.At("out"), after, elastic: elastic with { Resume = true }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Alone(options), outcome.WeightsHash);
        int[] told = [.. outcome.Steps.Select(step => step.Step)];
        Assert.Equal(told.Distinct().Order(), told);
        Assert.Equal(options.Steps - 1, told[^1]);
    }

    public void Dispose() => _tiny.Dispose();

    private static string Alone(TrainingOptions options)
    {
        using var session = TrainingSession.Open(options, TrainingData.Load(options));
        LocalTrainer.Run(session, cancellation: TestContext.Current.CancellationToken);
        return session.WeightsHash();
    }

    private static async Task<RunStatus> WaitAsync(IRunGrain run, Func<RunStatus, bool> isReached)
    {
        var status = await run.GetStatusAsync(int.MaxValue);
        while (!isReached(status))
        {
            Assert.False(status.Phase.IsTerminal(), status.Failure?.Message);
            await Task.Delay(5, TestContext.Current.CancellationToken);
            status = await run.GetStatusAsync(int.MaxValue);
        }

        return status;
    }
}
