using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace NSft.Embedded.TorchSharp.Tests;

public sealed class DataTests
{
    [Fact]
    public void Tensor_FromArrays_HasTheirValuesAndShapes()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([2, 3], tensor(new[,] { { 1f, 2f, 3f }, { 4f, 5f, 6f } }).shape);
        Assert.Equal(6f, tensor(new[,] { { 1f, 2f, 3f }, { 4f, 5f, 6f } })[1, 2].item<float>());
        Assert.Equal([2, 2], tensor(new long[] { 1, 2, 3, 4 }, [2, 2]).shape);
        Assert.Equal(ScalarType.BFloat16, tensor(new float[] { 1 }, ScalarType.BFloat16).dtype);
        Assert.Equal(ScalarType.Bool, tensor(new[] { true }).dtype);
        Assert.Empty(tensor(2.5).shape);
        Assert.Throws<ExternalException>(() => tensor(new float[] { 1, 2, 3 }, [2, 2]));
    }

    [Fact]
    public void Data_OfAStridedTensor_ReadsInRowMajorOrder()
    {
        using var scope = NewDisposeScope();
        Tensor turned = arange(6, ScalarType.Int32).view(2, 3).t();

        Assert.Equal([0, 3, 1, 4, 2, 5], turned.data<int>().ToArray());
        Assert.Equal(4, turned.data<int>()[1, 1]);
        Assert.Throws<ArgumentException>(() => turned.data<float>());
        Assert.Throws<IndexOutOfRangeException>(() => turned.data<int>()[3, 0]);
    }

    [Fact]
    public void Bytes_Written_AreTheTensorsMemory()
    {
        using var scope = NewDisposeScope();
        Tensor target = zeros(2);
        MemoryMarshal.Cast<byte, float>(target.bytes)[1] = 4;
        Assert.Equal([0f, 4f], target.data<float>().ToArray());
        target.bytes = new byte[8];
        Assert.Equal([0f, 0f], target.data<float>().ToArray());
        Assert.Throws<NotImplementedException>(() => zeros(2, 3).t().bytes.Length);
        Assert.Throws<ArgumentException>(() => target.bytes = new byte[7]);
    }

    [Fact]
    public void Bytes_OfMoreThanAnArrayHolds_SaysTheLimit()
    {
        using var scope = NewDisposeScope();
        Tensor large = empty([1L << 31], ScalarType.Byte);

        var error = Assert.Throws<NotImplementedException>(() => large.bytes.Length);
        Assert.Contains("2147483647", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.00390625f, 1f)]
    [InlineData(1.01171875f, 1.015625f)]
    [InlineData(-3.1415927f, -3.140625f)]
    public void BFloat16_Cast_RoundsToNearestEven(float value, float expected)
    {
        using var scope = NewDisposeScope();
        Tensor cast = tensor(new[] { value }).to(ScalarType.BFloat16);

        Assert.Equal(expected, cast.to(ScalarType.Float32).item<float>());
        Assert.Equal(expected, new BFloat16(value).ToSingle());
        Assert.Equal(expected, cast.data<BFloat16>().ToArray()[0].ToSingle());
        Assert.Equal(2, cast.element_size());
    }

    [Fact]
    public void Half_Cast_KeepsWhatItCanHold()
    {
        using var scope = NewDisposeScope();
        Tensor cast = tensor(new[] { 1.5f, 65520f }).to(ScalarType.Float16);

        Assert.Equal([(Half)1.5f, Half.PositiveInfinity], cast.data<Half>().ToArray());
    }

    [Fact]
    public void Index_SlicesNumbersEllipsisAndTensors_SelectAsPythonDoes()
    {
        using var scope = NewDisposeScope();
        Tensor cube = arange(24).view(2, 3, 4);

        Assert.Equal([2, 2], cube[TensorIndex.Colon, 1, TensorIndex.Slice(1, 3)].shape);
        Assert.Equal(23, cube[-1, -1, -1].item<long>());
        Assert.Equal([2, 3], cube[TensorIndex.Ellipsis, 0].shape);
        Assert.Equal([1, 2, 3, 4], cube[TensorIndex.None].shape);
        Assert.Equal([20L, 8L], cube[TensorIndex.Tensor(tensor(new long[] { 1, 0 })), 2, 0].data<long>().ToArray());
        Assert.Equal([4L, 16L], cube[.., 1, 0].data<long>().ToArray());
        Assert.Equal([22L, 23L], cube[cube > 21].data<long>().ToArray());
    }

    [Fact]
    public void Index_Assigned_ChangesTheTensorItself()
    {
        using var scope = NewDisposeScope();
        Tensor grid = zeros(2, 3);
        grid[TensorIndex.Colon, 1] = ones(2);
        grid.index_put_(5, TensorIndex.Single(0), TensorIndex.Single(0));
        grid.index_put_(tensor(new float[] { 7, 7 }), tensor(new long[] { 0, 1 }), tensor(new long[] { 2, 2 }));

        Assert.Equal([5f, 1f, 7f, 0f, 1f, 7f], grid.data<float>().ToArray());
    }

    [Fact]
    public void Item_OfSeveralElementsOrAnotherType_Throws()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => zeros(2).item<float>());
        Assert.Throws<ArgumentException>(() => zeros(1).item<double>());
        Assert.Equal(3.0, tensor(new[] { 3 }).ToDouble());
    }
}
