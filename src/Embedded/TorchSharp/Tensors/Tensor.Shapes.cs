namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor view(params long[] shape) => Op.View.Call(this, shape);

        public Tensor view_as(Tensor other) => Op.ViewAs.Call(this, other);

        public Tensor reshape(params long[] shape) => Op.Reshape.Call(this, shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Op.FlattenUsingInts.Call(this, start_dim, end_dim);

        public Tensor unflatten(long dim, params long[] sizes) => view(Unflattened(dim, sizes));

        public Tensor transpose(long dim0, long dim1) => Op.TransposeInt.Call(this, dim0, dim1);

        public Tensor t() => Op.T.Call(this);

        public Tensor mT => Op.MT.Call(this);

        public Tensor T => Op.NumpyT.Call(this);

        public Tensor permute(params long[] permutation) => Op.Permute.Call(this, permutation);

        public Tensor contiguous() => Op.Contiguous.Call(this);

        public Tensor clone() => Op.Clone.Call(this);

        public Tensor unsqueeze(long dim) => Op.Unsqueeze.Call(this, dim);

        public Tensor unsqueeze_(long dim) => Op.UnsqueezeInPlace.Update(this, dim);

        public Tensor squeeze(long? dim = null) => dim is { } given ? Op.SqueezeDim.Call(this, given) : Op.Squeeze.Call(this);

        public Tensor expand(params long[] sizes) => Op.Expand.Call(this, sizes);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Op.Expand.Call(this, sizes.ToArray(), isImplicit);

        public Tensor expand_as(Tensor other) => Op.ExpandAs.Call(this, other);

        public Tensor broadcast_to(params long[] shape) => Op.BroadcastTo.Call(this, shape);

        public Tensor repeat(params long[] sizes) => Op.Repeat.Call(this, sizes);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) => Op.RepeatInterleaveSelfInt.Call(this, repeats, dim, output_size);

        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) => Op.RepeatInterleaveSelfTensor.Call(this, repeats, dim, output_size);

        public Tensor narrow(long dim, long start, long length) => Op.Narrow.Call(this, dim, start, length);

        public Tensor slice(long dim, long start, long finish, long step) => Op.SliceTensor.Call(this, dim, start, finish, step);

        public Tensor select(long dim, long index) => Op.SelectInt.Call(this, dim, index);

        public Tensor[] chunk(long chunks, long dim = 0) => Op.Chunk.CallMany(this, chunks, dim);

        public Tensor[] split(long size, int dim = 0) => Op.SplitTensor.CallMany(this, size, dim);

        public Tensor[] split(long[] sizes, long dim = 0) => Op.SplitWithSizes.CallMany(this, sizes, dim);

        public Tensor[] unbind(long dimension = 0) => Op.UnbindInt.CallMany(this, dimension);

        public Tensor unfold(long dimension, long size, long step) => Op.Unfold.Call(this, dimension, size, step);

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => Op.AsStrided.Call(this, size, strides, storageOffset);

        public Tensor flip(params long[] dims) => Op.Flip.Call(this, dims);

        public Tensor roll(long shifts, long? dims = null) => Op.Roll.Call(this, new[] { shifts }, dims is { } given ? new[] { given } : []);

        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => Op.Diagonal.Call(this, offset, dim1, dim2);

        public Tensor tril(long diagonal = 0) => Op.Tril.Call(this, diagonal);

        public Tensor tril_(long diagonal = 0) => Op.TrilInPlace.Update(this, diagonal);

        public Tensor triu(long diagonal = 0) => Op.Triu.Call(this, diagonal);

        public Tensor triu_(long diagonal = 0) => Op.TriuInPlace.Update(this, diagonal);

        private long[] Unflattened(long dim, long[] sizes)
        {
            long[] before = shape;
            int at = (int)(dim < 0 ? dim + before.Length : dim);
            return [.. before[..at], .. sizes, .. before[(at + 1)..]];
        }
    }
}
