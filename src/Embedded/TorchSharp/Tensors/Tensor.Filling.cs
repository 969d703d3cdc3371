namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => Op.NormalInPlace.Update(this, mean, std, generator);

        public Tensor uniform_(double from, double to, Generator? generator = null) => Op.UniformInPlace.Update(this, from, to, generator);

        public Tensor exponential_(double lambda = 1, Generator? generator = null) => Op.ExponentialInPlace.Update(this, lambda, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Op.BernoulliFloatInPlace.Update(this, p, generator);

        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Op.ZerosLike.Call(this, dtype, Argument.None, device).with_requires_grad(requires_grad);

        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Op.OnesLike.Call(this, dtype, Argument.None, device).with_requires_grad(requires_grad);

        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Op.EmptyLike.Call(this, dtype, Argument.None, device).with_requires_grad(requires_grad);

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Op.RandLike.Call(this, dtype, Argument.None, device).with_requires_grad(requires_grad);

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Op.RandnLike.Call(this, dtype, Argument.None, device).with_requires_grad(requires_grad);

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Op.FullLike.Call(this, value, dtype, Argument.None, device).with_requires_grad(requires_grad);

        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Op.NewZeros.Call(this, size, dtype, Argument.None, device).with_requires_grad(requires_grad);

        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Op.NewEmpty.Call(this, size, dtype, Argument.None, device).with_requires_grad(requires_grad);

        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Op.NewFull.Call(this, size, value, dtype, Argument.None, device).with_requires_grad(requires_grad);
    }
}
