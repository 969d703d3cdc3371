namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Op.Sum.Call(this, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Op.SumDimIntList.Call(this, new[] { dim }, keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => Op.SumDimIntList.Call(this, new[] { dim0, dim1 }, keepdim, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Op.SumDimIntList.Call(this, dim, keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => Op.SumDimIntList.Call(this, dim.ToArray(), keepdim, type);

        public Tensor mean() => Op.Mean.Call(this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Op.MeanDim.Call(this, dimensions, keepdim, type);

        public Tensor prod(ScalarType? type = null) => Op.Prod.Call(this, type);

        public Tensor var(bool unbiased = true) => Op.Var.Call(this, unbiased);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => (type is null ? this : to_type(type.Value)).Variance(dim, unbiased, keepdim);

        public Tensor std(bool unbiased = true) => Op.Std.Call(this, unbiased);

        public Tensor norm(float p = 2) => Op.NormScalar.Call(this, p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2) => Op.NormScalarOptDim.Call(this, p, new long[] { dim }, keepdim);

        public Tensor amax(params long[] dims) => Op.Amax.Call(this, dims);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => @out is null ? Op.Amax.Call(this, dims, keepdim) : Op.AmaxOut.Call(this, dims, keepdim, @out);

        public Tensor amin(params long[] dims) => Op.Amin.Call(this, dims);

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => @out is null ? Op.Amin.Call(this, dims, keepdim) : Op.AminOut.Call(this, dims, keepdim, @out);

        public Tensor argmax() => Op.Argmax.Call(this);

        public Tensor argmax(long dim, bool keepdim = false) => Op.Argmax.Call(this, dim, keepdim);

        public Tensor argmin() => Op.Argmin.Call(this);

        public Tensor argmin(long dim, bool keepdim = false) => Op.Argmin.Call(this, dim, keepdim);

        public Tensor max() => Op.Max.Call(this);

        public Tensor max(Tensor other) => Op.Maximum.Call(this, other);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Op.MaxDim.CallPair(this, dim, keepdim);

        public Tensor min() => Op.Min.Call(this);

        public Tensor min(Tensor other) => Op.Minimum.Call(this, other);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Op.MinDim.CallPair(this, dim, keepdim);

        public Tensor logsumexp(long dim, bool keepdim = false) => Op.Logsumexp.Call(this, new[] { dim }, keepdim);

        public Tensor cumsum(long dim, ScalarType? type = null) => Op.Cumsum.Call(this, dim, type);

        public (Tensor values, Tensor indices) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => Op.Topk.CallPair(this, k, dim, largest, sorted);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) => Op.SortStable.CallPair(this, stable, dim, descending);

        public Tensor argsort(long dim = -1, bool descending = false) => Op.Argsort.Call(this, dim, descending);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Op.SoftmaxInt.Call(this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Op.LogSoftmaxInt.Call(this, dim, dtype);

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) => Op.Multinomial.Call(this, num_samples, replacement, generator);

        public Tensor count_nonzero(long[]? dims = null) => dims is null ? Op.CountNonzero.Call(this) : Op.CountNonzeroDimIntList.Call(this, dims);

        private Tensor Variance(long dim, bool unbiased, bool keepdim) => Op.VarDim.Call(this, new[] { dim }, unbiased, keepdim);
    }
}
