using NSft.Collectives;
using NSft.Model;
using NSft.Model.Adapters;
using NSft.Model.Conversation;
using NSft.Training.Sessions;
using static TorchSharp.torch;

namespace NSft.Training.Tests;

/// <summary>The backward pass in pieces: the same bits as in one, and ranges that are ready before its end.</summary>
public class BackwardPiecesTests
{
    [Theory]
    [InlineData(ComputePrecision.Float32, 0)]
    [InlineData(ComputePrecision.BFloat16, 0)]
    [InlineData(ComputePrecision.Float32, 4)]
    [InlineData(ComputePrecision.BFloat16, 4)]
    public void Run_InPieces_GivesTheBitsOfOnePass(ComputePrecision precision, int rank)
    {
        ScalarType dtype = precision == ComputePrecision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        using LlavaModel model = LlavaModel.Load(
            TinyRun.Fixture("model"), new ModelLoadOptions(dtype, CPU, StorageDtype: ScalarType.Float32));
        if (rank > 0)
        {
            model.AttachLora(new LoraOptions(rank, 2 * rank, 1));
        }

        using TrainableParameters parameters = TrainableParameters.Take(model);
        List<int> finished = [];
        using var pieces = new BackwardPieces();

        float[] whole = Gradient(model, parameters, null, finished);
        float[] split = Gradient(model, parameters, pieces, finished);
        float[] again = Gradient(model, parameters, pieces, []);

        Assert.Contains(whole, value => value != 0);
        Assert.Equal(whole, split);
        Assert.Equal(whole, again);
        int blocks = model.Config.Text.LayerCount;
        Assert.Equal(Enumerable.Range(rank > 0 ? 1 : 0, rank > 0 ? blocks : blocks + 1).Reverse(), finished);
    }

    [Fact]
    public void Run_InPieces_LeavesNoTensor()
    {
        using LlavaModel model = LlavaModel.Load(TinyRun.Fixture("model"), new ModelLoadOptions(ScalarType.Float32, CPU));
        using TrainableParameters parameters = TrainableParameters.Take(model);
        using var pieces = new BackwardPieces();
        Gradient(model, parameters, pieces, []);
        long? before = TensorMemory.AllocatedBytes;

        Gradient(model, parameters, pieces, []);

        Assert.NotNull(before);
        Assert.Equal(before, TensorMemory.AllocatedBytes);
    }

    [Theory]
    [InlineData(ObjectiveKind.Sft)]
    [InlineData(ObjectiveKind.Nsft)]
    [InlineData(ObjectiveKind.Dpo)]
    public void Prepare_OfSeveralShards_TellsRangesWhileTheLastRuns(ObjectiveKind objective)
    {
        TrainingOptions options = TinyRun.Options with { Objective = objective };
        using TrainingSession telling = TinyRun.Open(options);
        using TrainingSession silent = TinyRun.Open(options);
        GradientLayout layout = telling.Facts.Layout;
        int[] exponents = [.. layout.Slices.Select(_ => 10)];
        List<ElementRange> ranges = [];
        List<byte[]> seen = [];

        PrepareReport told = telling.Prepare(0, new ShardRange(0, 3), exponents, Tell, TestContext.Current.CancellationToken);
        PrepareReport untold = silent.Prepare(0, new ShardRange(0, 3), exponents, null, TestContext.Current.CancellationToken);

        Assert.True(told.IsSummed);
        Assert.Equal(untold.SliceMaxima, told.SliceMaxima);
        Assert.Equal(Read(silent, layout.Whole), Read(telling, layout.Whole));
        Assert.True(ranges.Count > 2);
        Assert.Equal(layout.Length, ranges.Sum(range => range.Length));
        Assert.Equal([layout.Whole], RangeSet.Of(ranges).Ranges);
        Assert.Equal(0, ranges[0].Offset);

        // What was told as final did not change afterwards.
        Assert.Equal(ranges.Select(range => Read(telling, range)), seen);

        void Tell(ElementRange range)
        {
            ranges.Add(range);
            seen.Add(Read(telling, range));
        }
    }

    [Fact]
    public void Prepare_WithoutShards_TellsAll()
    {
        using TrainingSession session = TinyRun.Open(TinyRun.Options);
        List<ElementRange> ranges = [];

        session.Prepare(0, new ShardRange(0, 0), new int[session.Facts.Layout.Slices.Count], ranges.Add, TestContext.Current.CancellationToken);

        Assert.Equal([session.Facts.Layout.Whole], ranges);
    }

    [Fact]
    public void Prepare_ThatOnlyMeasures_TellsNothing()
    {
        using TrainingSession session = TinyRun.Open(TinyRun.Options);
        List<ElementRange> ranges = [];

        session.Prepare(0, new ShardRange(0, 3), null, ranges.Add, TestContext.Current.CancellationToken);

        Assert.Empty(ranges);
    }

    private static byte[] Read(TrainingSession session, ElementRange range)
    {
        var bytes = new byte[range.Length * session.Facts.BytesPerElement];
        session.ReadSums(range, bytes);
        return bytes;
    }

    private static float[] Gradient(LlavaModel model, TrainableParameters parameters, BackwardPieces? pieces, List<int> finished)
    {
        using var scope = NewDisposeScope();
        EncodedConversation text = TinyRun.Data.Samples[0].Chosen;
        long[] shape = [1, text.Ids.Length];
        Tensor ids = tensor(text.Ids.Select(id => (long)id).ToArray(), shape);
        Tensor labels = tensor(text.Labels.Select(id => (long)id).ToArray(), shape);
        Tensor features = model.EncodeImages(ones([1, 3, 56, 56]));
        using IDisposable cast = model.CastForPass(model.ComputeDtype);
        Tensor loss = SequenceLogProbabilities.Compute(model, ids, features, labels, pieces).Values.sum();
        if (pieces is null)
        {
            loss.backward();
        }
        else
        {
            pieces.Run(loss, finished.Add);
        }

        float[] gradient = parameters.Gradients.Window(0, (int)parameters.Layout.Length).ToArray();
        parameters.Gradients.ClearOnDevice();
        return gradient;
    }
}
