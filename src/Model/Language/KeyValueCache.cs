// B rows, G key/value heads, C slots, K head width, T tokens of a pass.
using NSft.Model.Configuration;
using static TorchSharp.torch;

namespace NSft.Model.Language;

/// <summary>Keys and values of the tokens seen so far, preallocated for a batch.</summary>
/// <remarks>A pass fills the same slots in every row; a padded token's slot stays and is masked, while positions count real tokens
/// only. So rows of different lengths share one block, and the order of slots does not matter to attention.</remarks>
public sealed class KeyValueCache : IDisposable
{
    private readonly Tensor[] _keys;
    private readonly Tensor[] _values;
    private readonly Tensor _slotBias;
    private bool _hasMaskedSlots;

    /// <summary>Allocates an empty cache.</summary>
    /// <param name="config">Decoder sizes.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="capacity">Slots of a row: padded prompt plus new tokens.</param>
    /// <param name="dtype">Compute dtype of the model.</param>
    /// <param name="device">Device of the model.</param>
    public KeyValueCache(LlamaConfig config, int rows, int capacity, ScalarType dtype, Device device)
        : this(
            [.. Enumerable.Range(0, config.LayerCount).Select(_ => Slots(config, rows, capacity, dtype, device))],
            [.. Enumerable.Range(0, config.LayerCount).Select(_ => Slots(config, rows, capacity, dtype, device))],
            zeros(rows, 1, 1, capacity, dtype: ScalarType.Float32, device: device),
            new int[rows])
    {
    }

    private KeyValueCache(Tensor[] keys, Tensor[] values, Tensor slotBias, int[] lengths)
    {
        _keys = [.. keys.Select(static t => t.DetachFromDisposeScope())];
        _values = [.. values.Select(static t => t.DetachFromDisposeScope())];
        _slotBias = slotBias.DetachFromDisposeScope();
        Lengths = lengths;
    }

    /// <summary>Rows of the batch.</summary>
    public int Rows => Lengths.Length;

    /// <summary>Slots of a row.</summary>
    public int Capacity => (int)_slotBias.shape[3];

    /// <summary>Slots filled so far, padding included; the same in every row.</summary>
    public int UsedSlots { get; private set; }

    /// <summary>Real tokens seen so far in each row.</summary>
    internal int[] Lengths { get; }

    /// <summary>A cache of chosen rows (repeats allowed); this one stays as it is.</summary>
    /// <param name="rows">Row indices.</param>
    /// <param name="capacity">Slots of the new cache, at least <see cref="UsedSlots"/>.</param>
    public KeyValueCache Select(IReadOnlyList<int> rows, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, UsedSlots);
        using var scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        Tensor index = tensor(rows.Select(static row => (long)row).ToArray(), device: _slotBias.device);
        return new KeyValueCache(
            [.. _keys.Select(Copy)], [.. _values.Select(Copy)], Bias(), [.. rows.Select(row => Lengths[row])])
        {
            UsedSlots = UsedSlots,
            _hasMaskedSlots = _hasMaskedSlots,
        };

        Tensor Copy(Tensor source)
        {
            long[] shape = source.shape;
            Tensor target = empty([rows.Count, shape[1], capacity, shape[3]], source.dtype, source.device);
            target.narrow(2, 0, UsedSlots).copy_(source.narrow(2, 0, UsedSlots).index_select(0, index));
            return target;
        }

        Tensor Bias()
        {
            Tensor target = zeros([rows.Count, 1, 1, capacity], ScalarType.Float32, _slotBias.device);
            target.narrow(3, 0, UsedSlots).copy_(_slotBias.narrow(3, 0, UsedSlots).index_select(0, index));
            return target;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in _keys.Concat(_values))
        {
            tensor.Dispose();
        }

        _slotBias.Dispose();
    }

    /// <summary>Stores a pass's keys and values of one layer (B, G, T, K) and returns all so far (B, G, S, K).</summary>
    internal (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        long tokens = keys.shape[2];
        _keys[layer].narrow(2, UsedSlots, tokens).copy_(keys);
        _values[layer].narrow(2, UsedSlots, tokens).copy_(values);
        return (_keys[layer].narrow(2, 0, UsedSlots + tokens), _values[layer].narrow(2, 0, UsedSlots + tokens));
    }

    /// <summary>Ends a pass of <paramref name="tokens"/> slots, of which a row's first <paramref name="counts"/> are real.</summary>
    internal void Advance(int tokens, int[]? counts)
    {
        for (int row = 0; row < Rows; row++)
        {
            int real = counts?[row] ?? tokens;
            Lengths[row] += real;
            if (real < tokens)
            {
                using Tensor padded = _slotBias.narrow(0, row, 1).narrow(3, UsedSlots + real, tokens - real);
                padded.fill_(float.NegativeInfinity).Dispose();
                _hasMaskedSlots = true;
            }
        }

        UsedSlots += tokens;
    }

    /// <summary>Positions of the next pass's tokens, row-major (B, T).</summary>
    internal long[] NextPositions(int tokens)
    {
        var positions = new long[Rows * tokens];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = Lengths[i / tokens] + (i % tokens);
        }

        return positions;
    }

    /// <summary>Additive bias of the next pass (B, 1, T, S): padded slots and later tokens are out; null when nothing is.</summary>
    internal Tensor? Bias(int tokens, ScalarType dtype)
    {
        if (tokens == 1)
        {
            return _hasMaskedSlots ? _slotBias.narrow(3, 0, UsedSlots + 1).to(dtype) : null;
        }

        using var scope = NewDisposeScope();
        Tensor earlier = _slotBias.narrow(3, 0, UsedSlots).expand(Rows, 1, tokens, UsedSlots);
        Tensor later = full([tokens, tokens], float.NegativeInfinity, ScalarType.Float32, _slotBias.device).triu(1);
        return cat([earlier, later.expand(Rows, 1, tokens, tokens)], 3).to(dtype).MoveToOuterDisposeScope();
    }

    private static Tensor Slots(LlamaConfig config, int rows, int capacity, ScalarType dtype, Device device) =>
        empty(rows, config.KeyValueHeadCount, capacity, config.HeadSize, dtype: dtype, device: device);
}
