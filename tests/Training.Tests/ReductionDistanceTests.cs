using NSft.Collectives;
using NSft.Training.Plans;
using NSft.Training.Sessions;

namespace NSft.Training.Tests;

/// <summary>How far each reduction is from the float64 sum, on real shard gradients with the exponents of the run.</summary>
public class ReductionDistanceTests
{
    private const int WorkerCount = 2;

    [Fact]
    public void Reductions_RealGradients_StandInTheirOrderOfDistance()
    {
        using TrainingSession session = TinyRun.Open(TinyRun.Options with { Objective = ObjectiveKind.Nsft });
        LocalTrainer.RunStep(session, TestContext.Current.CancellationToken);
        LocalTrainer.RunStep(session, TestContext.Current.CancellationToken);

        float[][] shards = Gradients(session);
        double exact = Distance(session, ReductionKind.Exact, shards);
        double exact64 = Distance(session, ReductionKind.Exact64, shards);
        double single = Distance(session, ReductionKind.Fp32, shards);
        double brain = Distance(session, ReductionKind.Bf16, shards);

        TestContext.Current.TestOutputHelper?.WriteLine($"exact {exact:E2}, exact64 {exact64:E2}, fp32 {single:E2}, bf16 {brain:E2}");
        Assert.InRange(exact64, 0, 5e-8);
        Assert.InRange(single, 0, 1e-7);
        Assert.InRange(exact, 0, 1e-4);
        Assert.InRange(brain, 1e-3, 1e-2);
    }

    private static float[][] Gradients(TrainingSession session)
    {
        SessionParts parts = session.Parts;
        StepPlan plan = parts.Plan.At(session.NextStep);
        var gradients = new float[plan.Shards.Count][];
        for (int shard = 0; shard < gradients.Length; shard++)
        {
            parts.Runner.Run(plan.Shards[shard], plan.Normalizers);
            gradients[shard] = parts.Parameters.Gradients.Window(0, (int)parts.Parameters.Layout.Length).ToArray();
            parts.Parameters.Gradients.ClearOnDevice();
        }

        return gradients;
    }

    private static double Distance(TrainingSession session, ReductionKind kind, float[][] shards)
    {
        GradientLayout layout = session.Facts.Layout;
        GradientAccumulator[] workers = [.. Enumerable.Range(0, WorkerCount).Select(_ => GradientAccumulator.Create(kind, layout, shards.Length))];
        int[] exponents = Exponents(session, workers[0].DataBits);
        for (int worker = 0; worker < WorkerCount; worker++)
        {
            ShardRange range = ShardPlan.Range(shards.Length, WorkerCount, worker);
            for (int shard = range.First; shard < range.End; shard++)
            {
                AddShard(workers[worker], shards[shard], exponents);
            }
        }

        var wire = new byte[layout.Length * workers[0].BytesPerElement];
        workers[1].CopyTo(new ElementRange(0, layout.Length), wire);
        workers[0].AddPartial(new ElementRange(0, layout.Length), wire);
        double distance = Distance(workers[0], exponents, shards);
        Array.ForEach(workers, worker => worker.Dispose());
        return distance;
    }

    /// <summary>The run's own exponents, shifted to the data bits of the kind.</summary>
    private static int[] Exponents(TrainingSession session, int dataBits) =>
        [.. session.NextExponents!.Select(exponent => dataBits == 0 ? 0 : exponent + dataBits - session.Facts.DataBits)];

    private static void AddShard(GradientAccumulator sum, float[] gradient, int[] exponents)
    {
        for (int i = 0; i < exponents.Length; i++)
        {
            GradientSlice slice = sum.Layout.Slices[i];
            Assert.False(sum.Add(i, gradient.AsSpan((int)slice.Offset, slice.Length), exponents[i]).Overflowed && sum.DataBits > 0);
        }
    }

    private static double Distance(GradientAccumulator sum, int[] exponents, float[][] shards)
    {
        double error = 0;
        double size = 0;
        for (int i = 0; i < exponents.Length; i++)
        {
            GradientSlice slice = sum.Layout.Slices[i];
            var reduced = new float[slice.Length];
            sum.Read(i, exponents[i], reduced);
            for (int j = 0; j < reduced.Length; j++)
            {
                double truth = shards.Sum(shard => (double)shard[slice.Offset + j]);
                error += (reduced[j] - truth) * (reduced[j] - truth);
                size += truth * truth;
            }
        }

        return Math.Sqrt(error / size);
    }
}
