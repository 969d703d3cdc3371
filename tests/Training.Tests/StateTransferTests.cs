using NSft.Collectives;
using NSft.Training.Sessions;

namespace NSft.Training.Tests;

/// <summary>State moves between workers while a run goes on, and the result keeps its bits.</summary>
public class StateTransferTests
{
    private const int Steps = 8;

    private static readonly TrainingOptions Options = TinyRun.Options with { Objective = ObjectiveKind.Nsft, Steps = Steps, WarmupSteps = 0 };

    private static readonly Lazy<string> Undisturbed = new(() =>
    {
        using TrainingSession session = TinyRun.Open(Options);
        LocalTrainer.Run(session);
        return session.WeightsHash();
    });

    [Theory]
    [InlineData(OptimizerStateMode.Replicated, 11)]
    [InlineData(OptimizerStateMode.Zero1, 12)]
    [InlineData(OptimizerStateMode.Zero1, 13)]
    [InlineData(OptimizerStateMode.Zero1, 14)]
    public void Run_JoinsLossesAndSeatsInAnyOrder_KeepsTheBits(OptimizerStateMode mode, int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var cluster = new HandCluster(mode, Enumerable.Range(0, 2).Select(_ => TinyRun.Open(Options)));
        cluster.Seat([.. cluster.Workers]);
        while (cluster.NextStep < Steps)
        {
            cluster.RunSteps(Math.Min(random.Next(3), Steps - cluster.NextStep));
            List<TrainingSession> seats = [.. cluster.Workers];
            if (seats.Count > 1 && random.Next(2) == 0)
            {
                // One at a time: a range's two holders sit side by side.
                TrainingSession lost = seats[random.Next(seats.Count)];
                seats.Remove(lost);
                lost.Dispose();
            }

            seats.AddRange(Enumerable.Range(0, seats.Count < 4 ? random.Next(3) : 0).Select(_ => TinyRun.Open(Options)));
            cluster.Seat([.. seats.OrderBy(_ => random.Next())]);
        }

        Assert.All(cluster.Workers, worker => Assert.Equal(Undisturbed.Value, worker.WeightsHash()));
    }

    [Fact]
    public void Join_CopiedWhileStepsGoOn_EndsInStepWithTheOthers()
    {
        using var cluster = new HandCluster(OptimizerStateMode.Replicated, TinyRun.Open(Options), TinyRun.Open(Options));
        cluster.RunSteps(2);
        TrainingSession joiner = TinyRun.Open(Options);
        TrainingSession donor = cluster.Workers[1];
        joiner.BeginSync(2, cluster.NextExponents);
        joiner.RequireMoments(RangeSet.Of(cluster.Facts.Layout.Whole));
        cluster.Passive.Add(joiner);
        Queue<ElementRange> chunks = new(HandCluster.Chunks(cluster.Facts.Layout.Whole, 50_021));
        Assert.True(chunks.Count > 3);
        cluster.BeforeCommit = () =>
        {
            // A chunk arrives after the exchange: the commit must update it as well.
            if (chunks.TryDequeue(out ElementRange chunk))
            {
                Assert.True(HandCluster.Copy(donor, joiner, StateParts.All, chunk));
            }
        };

        Assert.False(joiner.IsSynced);
        cluster.RunSteps(2);
        while (chunks.TryDequeue(out ElementRange chunk))
        {
            Assert.True(HandCluster.Copy(donor, joiner, StateParts.All, chunk));
        }

        Assert.True(joiner.IsSynced);
        cluster.RunSteps(1);
        cluster.Seat([.. cluster.Workers, joiner]);
        cluster.RunSteps(Steps - cluster.NextStep);

        Assert.Equal(Undisturbed.Value, joiner.WeightsHash());
        Assert.Equal(Undisturbed.Value, donor.WeightsHash());
    }

    [Fact]
    public void Join_WeightsWithoutMomentsAtACommit_AreStaleAfterwards()
    {
        using var cluster = new HandCluster(OptimizerStateMode.Replicated, TinyRun.Open(Options));
        cluster.RunSteps(1);
        TrainingSession joiner = TinyRun.Open(Options);
        joiner.BeginSync(1, cluster.NextExponents);
        joiner.RequireMoments(RangeSet.Of(cluster.Facts.Layout.Whole));
        cluster.Passive.Add(joiner);
        var first = new ElementRange(0, 1000);
        var second = new ElementRange(1000, 70_000);
        HandCluster.Copy(cluster.Workers[0], joiner, StateParts.Weights, first);
        HandCluster.Copy(cluster.Workers[0], joiner, StateParts.All, second);

        cluster.RunSteps(1);

        Assert.Equal(RangeSet.Of(second), joiner.HeldMoments);
        Assert.Equal(RangeSet.Of(cluster.Facts.Layout.Whole).Except(RangeSet.Of(second)), joiner.StaleWeights);
        Assert.Equal(Bytes(cluster.Workers[0], second), Bytes(joiner, second));
        Assert.Throws<InvalidOperationException>(() => joiner.ReadState(StateParts.Weights, first, new byte[4000]));
    }

    [Fact]
    public void WriteState_OtherStepOrNoRoom_ChangesNothing()
    {
        using var cluster = new HandCluster(OptimizerStateMode.Replicated, TinyRun.Open(Options));
        cluster.RunSteps(1);
        using TrainingSession joiner = TinyRun.Open(Options);
        var range = new ElementRange(5, 100);
        byte[] state = Bytes(cluster.Workers[0], range);
        joiner.BeginSync(1, cluster.NextExponents);

        Assert.False(joiner.WriteState(0, StateParts.All, range, state));
        Assert.False(joiner.WriteState(2, StateParts.All, range, state));
        Assert.False(joiner.WriteState(1, StateParts.All, range, state));
        Assert.Equal(RangeSet.Of(joiner.Facts.Layout.Whole), joiner.StaleWeights);
        joiner.RequireMoments(RangeSet.Of(range));
        Assert.True(joiner.WriteState(1, StateParts.All, range, state));
        Assert.Equal(state, Bytes(joiner, range));
        Assert.Throws<ArgumentException>(() => joiner.WriteState(1, StateParts.Weights, range, state));
    }

    [Fact]
    public void WriteState_WhatIsHeld_StaysAsItIs()
    {
        using TrainingSession session = TinyRun.Open(Options);
        string before = session.WeightsHash();

        Assert.True(session.WriteState(0, StateParts.All, new ElementRange(0, 100), new byte[1200].Select(_ => (byte)1).ToArray()));

        Assert.Equal(before, session.WeightsHash());
    }

    [Fact]
    public void Prepare_StaleWeights_Refuses()
    {
        using TrainingSession session = TinyRun.Open(Options);
        LocalTrainer.RunStep(session, TestContext.Current.CancellationToken);
        session.BeginSync(1, [.. session.NextExponents!]);

        Assert.Throws<InvalidOperationException>(() => session.Prepare(1, new ShardRange(0, 1), null, null, CancellationToken.None));
        Assert.Throws<InvalidOperationException>(session.WeightsHash);
        Assert.True(session.Prepare(1, new ShardRange(0, 0), null, null, CancellationToken.None).IsSummed);
    }

    [Fact]
    public void BeginSync_NeverLeftStepZero_NeedsNothing()
    {
        using TrainingSession session = TinyRun.Open(Options);
        session.BeginSync(0, null);
        session.RequireMoments(RangeSet.Of(session.Facts.Layout.Whole));

        LocalTrainer.Run(session, null, TestContext.Current.CancellationToken);

        Assert.Equal(Undisturbed.Value, session.WeightsHash());
    }

    [Fact]
    public void Zero1_Memory_IsTwoCopiesOfTheMomentsOverAllWorkers()
    {
        using var cluster = new HandCluster(OptimizerStateMode.Zero1, Enumerable.Range(0, 4).Select(_ => TinyRun.Open(Options)));
        cluster.Seat([.. cluster.Workers]);

        cluster.RunSteps(1);

        long all = cluster.Facts.Layout.Length * 8;
        Assert.Equal(2 * all, cluster.Workers.Sum(worker => worker.Memory.Optimizer));
        Assert.Equal(2 * all, cluster.Workers.Sum(worker => worker.Parts.Moments.AllocatedBytes));
        cluster.Workers[0].KeepOnlyMoments(RangeSet.Empty);
        Assert.Equal(0, cluster.Workers[0].Memory.Optimizer + cluster.Workers[0].Parts.Moments.AllocatedBytes);
    }

    [Fact]
    public async Task ReadState_WhileItsTrainerRuns_GivesWholeSteps()
    {
        var range = new ElementRange(3, 40_000);
        List<byte[]> expected = [];
        using (TrainingSession session = TinyRun.Open(Options))
        {
            expected.Add(Bytes(session, range));
            LocalTrainer.Run(session, _ => expected.Add(Bytes(session, range)), TestContext.Current.CancellationToken);
        }

        using TrainingSession donor = TinyRun.Open(Options);
        Task<int> reading = Task.Run(
            () =>
            {
                int reads = 0;
                var bytes = new byte[range.Length * 12];
                for (int step = 0; step < Steps; reads++)
                {
                    step = donor.ReadState(StateParts.All, range, bytes);
                    Assert.Equal(expected[step], bytes);
                }

                return reads;
            },
            TestContext.Current.CancellationToken);
        LocalTrainer.Run(donor, null, TestContext.Current.CancellationToken);

        Assert.True(await reading > 0);
        Assert.Equal(Undisturbed.Value, donor.WeightsHash());
    }

    [Fact]
    public async Task ReadState_WhileTheDonorIsLetGo_GivesItsStateOrRefuses()
    {
        TrainingSession donor = TinyRun.Open(Options);
        LocalTrainer.Run(donor, null, TestContext.Current.CancellationToken);
        ElementRange range = donor.Facts.Layout.Whole;
        byte[] expected = Bytes(donor, range);
        var isReading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task reading = Task.Run(
            () =>
            {
                var bytes = new byte[expected.Length];
                try
                {
                    while (true)
                    {
                        donor.ReadState(StateParts.All, range, bytes);
                        Assert.Equal(expected, bytes);
                        isReading.TrySetResult();
                    }
                }
                catch (InvalidOperationException)
                {
                    isReading.TrySetResult();
                }
            },
            TestContext.Current.CancellationToken);
        await isReading.Task;

        donor.Dispose();

        await reading;
        Assert.Throws<InvalidOperationException>(() => Bytes(donor, range));
        Assert.False(donor.WriteState(Steps, StateParts.All, range, expected));
    }

    private static byte[] Bytes(TrainingSession session, ElementRange range)
    {
        var bytes = new byte[range.Length * 12];
        session.ReadState(StateParts.All, range, bytes);
        return bytes;
    }
}
