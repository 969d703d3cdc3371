using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>Reads and writes a tensor's elements in place, in row-major order whatever its strides.</summary>
[SuppressMessage("Design", "CA1010", Justification = "TorchSharp's shape")]
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly Tensor _tensor;
    private readonly bool _owned;
    private readonly long[] _sizes;
    private readonly long[] _strides;
    private readonly T* _data;
    private readonly bool _contiguous;

    internal TensorAccessor(Tensor tensor, bool owned)
    {
        _tensor = tensor;
        _owned = owned;
        _sizes = tensor.shape;
        _strides = tensor.stride();
        _contiguous = tensor.is_contiguous();
        _data = (T*)tensor.DataAddress();
        Count = tensor.numel();
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get => *At(indices);
        set => *At(indices) = value;
    }

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        _ = _tensor.Handle;
        int count = checked((int)(Count - tensorIndex));
        if (_contiguous)
        {
            new ReadOnlySpan<T>(_data + tensorIndex, count).CopyTo(array[arrayIndex..]);
        }
        else
        {
            for (int i = 0; i < count; i++)
            {
                array[arrayIndex + i] = *At(tensorIndex + i);
            }
        }

        GC.KeepAlive(_tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ReadOnlySpan<T> source = array[arrayIndex..];
        int count = (int)Math.Min(source.Length, Count - tensorIndex);
        for (int i = 0; i < count; i++)
        {
            *At(tensorIndex + i) = source[i];
        }

        GC.KeepAlive(_tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
        {
            yield return Read(i);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        if (_owned)
        {
            _tensor.Dispose();
        }
    }

    private T Read(long index) => *At(index);

    private T* At(long index)
    {
        _ = _tensor.Handle;
        if (_contiguous)
        {
            return _data + index;
        }

        long offset = 0;
        for (int dim = _sizes.Length - 1; dim >= 0; dim--)
        {
            offset += index % _sizes[dim] * _strides[dim];
            index /= _sizes[dim];
        }

        return _data + offset;
    }

    private T* At(long[] indices)
    {
        if (indices.Length != _sizes.Length)
        {
            return indices.Length == 1 && indices[0] >= 0 && indices[0] < Count
                ? At(indices[0])
                : throw new IndexOutOfRangeException($"{indices.Length} indices for a tensor of {_sizes.Length} dimensions and {Count} elements");
        }

        _ = _tensor.Handle;
        long offset = 0;
        for (int dim = 0; dim < indices.Length; dim++)
        {
            if (indices[dim] < 0 || indices[dim] >= _sizes[dim])
            {
                throw new IndexOutOfRangeException($"index {indices[dim]} is out of bounds for dimension {dim} with size {_sizes[dim]}");
            }

            offset += indices[dim] * _strides[dim];
        }

        return _data + offset;
    }
}
