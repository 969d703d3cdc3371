namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor index_select(long dim, Tensor index) => Op.IndexSelect.Call(this, dim, index);

        public Tensor gather(long dim, Tensor index) => Op.Gather.Call(this, dim, index);

        public Tensor scatter(long dim, Tensor index, Tensor src) => Op.ScatterSrc.Call(this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Op.ScatterSrcInPlace.Update(this, dim, index, src);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Op.ScatterAdd.Call(this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Op.ScatterAddInPlace.Update(this, dim, index, src);

        public Tensor index_copy(long dim, Tensor index, Tensor source) => Op.IndexCopy.Call(this, dim, index, source);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Op.IndexCopyInPlace.Update(this, dim, index, source);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Op.IndexAdd.Call(this, dim, index, source, alpha);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => Op.IndexAddInPlace.Update(this, dim, index, source, alpha);

        public Tensor index_fill_(long dim, Tensor index, Scalar value) => Op.IndexFillIntScalarInPlace.Update(this, dim, index, value);

        public Tensor masked_fill(Tensor mask, Scalar value) => Op.MaskedFillScalar.Call(this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) => Op.MaskedFillScalarInPlace.Update(this, mask, value);

        public Tensor masked_scatter(Tensor mask, Tensor value) => Op.MaskedScatter.Call(this, mask, value);

        public Tensor masked_scatter_(Tensor mask, Tensor value) => Op.MaskedScatterInPlace.Update(this, mask, value);

        public Tensor masked_select(Tensor mask) => Op.MaskedSelect.Call(this, mask);

        public Tensor take_along_dim(Tensor indices, long dim) => Op.TakeAlongDim.Call(this, indices, dim);

        public Tensor nonzero() => Op.Nonzero.Call(this);

        public Tensor copy_(Tensor source, bool nonBlocking = false) => Op.CopyInPlace.Update(this, source, nonBlocking);

        public Tensor set_(Tensor source) => Op.SetSourceTensorInPlace.Update(this, source);

        public Tensor bincount(Tensor? weights, long minlength = 0) => Op.Bincount.Call(this, weights, minlength);
    }
}
