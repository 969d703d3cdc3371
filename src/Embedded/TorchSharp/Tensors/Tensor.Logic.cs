namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Op.EqTensor.Call(this, target);

        public Tensor eq(Scalar target) => Op.EqScalar.Call(this, target);

        public Tensor ne(Tensor target) => Op.NeTensor.Call(this, target);

        public Tensor ne(Scalar target) => Op.NeScalar.Call(this, target);

        public Tensor lt(Tensor target) => Op.LtTensor.Call(this, target);

        public Tensor lt(Scalar target) => Op.LtScalar.Call(this, target);

        public Tensor le(Tensor target) => Op.LeTensor.Call(this, target);

        public Tensor le(Scalar target) => Op.LeScalar.Call(this, target);

        public Tensor gt(Tensor target) => Op.GtTensor.Call(this, target);

        public Tensor gt(Scalar target) => Op.GtScalar.Call(this, target);

        public Tensor ge(Tensor target) => Op.GeTensor.Call(this, target);

        public Tensor ge(Scalar target) => Op.GeScalar.Call(this, target);

        public Tensor logical_and(Tensor other) => Op.LogicalAnd.Call(this, other);

        public Tensor logical_or(Tensor other) => Op.LogicalOr.Call(this, other);

        public Tensor logical_xor(Tensor other) => Op.LogicalXor.Call(this, other);

        public Tensor bitwise_and(Tensor other) => Op.BitwiseAndTensor.Call(this, other);

        public Tensor bitwise_or(Tensor other) => Op.BitwiseOrTensor.Call(this, other);

        public Tensor bitwise_xor(Tensor other) => Op.BitwiseXorTensor.Call(this, other);

        public Tensor bitwise_not() => Op.BitwiseNot.Call(this);

        public Tensor equal(Tensor target) => Op.EqTensor.Call(this, target);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            using Tensor close = isclose(target, rtol, atol, equal_nan);
            using Tensor all = close.all();
            return all.item<bool>();
        }

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) => Op.Isclose.Call(this, other, rtol, atol, nanEqual);

        public Tensor all() => Op.All.Call(this);

        public Tensor all(long dim, bool keepdim = false) => Op.AllDim.Call(this, dim, keepdim);

        public Tensor any() => Op.Any.Call(this);

        public Tensor any(long dim, bool keepdim = false) => Op.AnyDim.Call(this, dim, keepdim);

        public Tensor where(Tensor condition, Tensor y) => Op.WhereSelf.Call(condition, this, y);
    }
}
