namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => Op.AddTensor.Call(left, right);

        public static Tensor operator +(Tensor left, Scalar right) => Op.AddScalar.Call(left, right);

        public static Tensor operator +(Tensor left, int right) => Op.AddScalar.Call(left, right);

        public static Tensor operator +(Tensor left, long right) => Op.AddScalar.Call(left, right);

        public static Tensor operator +(Tensor left, float right) => Op.AddScalar.Call(left, right);

        public static Tensor operator +(Tensor left, double right) => Op.AddScalar.Call(left, right);

        public static Tensor operator +(Scalar left, Tensor right) => Op.AddScalar.Call(right, left);

        public static Tensor operator +(int left, Tensor right) => Op.AddScalar.Call(right, left);

        public static Tensor operator +(long left, Tensor right) => Op.AddScalar.Call(right, left);

        public static Tensor operator +(float left, Tensor right) => Op.AddScalar.Call(right, left);

        public static Tensor operator +(double left, Tensor right) => Op.AddScalar.Call(right, left);

        public static Tensor operator -(Tensor left, Tensor right) => Op.SubTensor.Call(left, right);

        public static Tensor operator -(Tensor left, Scalar right) => Op.SubScalar.Call(left, right);

        public static Tensor operator -(Tensor left, int right) => Op.SubScalar.Call(left, right);

        public static Tensor operator -(Tensor left, long right) => Op.SubScalar.Call(left, right);

        public static Tensor operator -(Tensor left, float right) => Op.SubScalar.Call(left, right);

        public static Tensor operator -(Tensor left, double right) => Op.SubScalar.Call(left, right);

        public static Tensor operator -(Scalar left, Tensor right) => Op.RsubScalar.Call(right, left);

        public static Tensor operator -(int left, Tensor right) => Op.RsubScalar.Call(right, left);

        public static Tensor operator -(long left, Tensor right) => Op.RsubScalar.Call(right, left);

        public static Tensor operator -(float left, Tensor right) => Op.RsubScalar.Call(right, left);

        public static Tensor operator -(double left, Tensor right) => Op.RsubScalar.Call(right, left);

        public static Tensor operator *(Tensor left, Tensor right) => Op.MulTensor.Call(left, right);

        public static Tensor operator *(Tensor left, Scalar right) => Op.MulScalar.Call(left, right);

        public static Tensor operator *(Tensor left, int right) => Op.MulScalar.Call(left, right);

        public static Tensor operator *(Tensor left, long right) => Op.MulScalar.Call(left, right);

        public static Tensor operator *(Tensor left, float right) => Op.MulScalar.Call(left, right);

        public static Tensor operator *(Tensor left, double right) => Op.MulScalar.Call(left, right);

        public static Tensor operator *(Scalar left, Tensor right) => Op.MulScalar.Call(right, left);

        public static Tensor operator *(int left, Tensor right) => Op.MulScalar.Call(right, left);

        public static Tensor operator *(long left, Tensor right) => Op.MulScalar.Call(right, left);

        public static Tensor operator *(float left, Tensor right) => Op.MulScalar.Call(right, left);

        public static Tensor operator *(double left, Tensor right) => Op.MulScalar.Call(right, left);

        public static Tensor operator /(Tensor left, Tensor right) => Op.DivTensor.Call(left, right);

        public static Tensor operator /(Tensor left, Scalar right) => Op.DivScalar.Call(left, right);

        public static Tensor operator /(Tensor left, int right) => Op.DivScalar.Call(left, right);

        public static Tensor operator /(Tensor left, long right) => Op.DivScalar.Call(left, right);

        public static Tensor operator /(Tensor left, float right) => Op.DivScalar.Call(left, right);

        public static Tensor operator /(Tensor left, double right) => Op.DivScalar.Call(left, right);

        public static Tensor operator /(Scalar left, Tensor right) => Quotient(left, right);

        public static Tensor operator /(int left, Tensor right) => Quotient(left, right);

        public static Tensor operator /(long left, Tensor right) => Quotient(left, right);

        public static Tensor operator /(float left, Tensor right) => Quotient(left, right);

        public static Tensor operator /(double left, Tensor right) => Quotient(left, right);

        public static Tensor operator %(Tensor left, Tensor right) => left.remainder(right);

        public static Tensor operator %(Tensor left, Scalar right) => Op.RemainderScalar.Call(left, right);

        public static Tensor operator %(Tensor left, int right) => Op.RemainderScalar.Call(left, right);

        public static Tensor operator %(Tensor left, long right) => Op.RemainderScalar.Call(left, right);

        public static Tensor operator %(Tensor left, float right) => Op.RemainderScalar.Call(left, right);

        public static Tensor operator %(Tensor left, double right) => Op.RemainderScalar.Call(left, right);

        public static Tensor operator -(Tensor tensor) => tensor.neg();

        public static Tensor operator ~(Tensor left) => left.bitwise_not();

        public static Tensor operator &(Tensor left, Tensor right) => left.bitwise_and(right);

        public static Tensor operator |(Tensor left, Tensor right) => left.bitwise_or(right);

        public static Tensor operator ^(Tensor left, Tensor right) => left.bitwise_xor(right);

        public static Tensor operator ==(Tensor left, Tensor right) => Op.EqTensor.Call(left, right);

        public static Tensor operator ==(Tensor left, Scalar right) => Op.EqScalar.Call(left, right);

        public static Tensor operator ==(Scalar left, Tensor right) => Op.EqScalar.Call(right, left);

        public static Tensor operator !=(Tensor left, Tensor right) => Op.NeTensor.Call(left, right);

        public static Tensor operator !=(Tensor left, Scalar right) => Op.NeScalar.Call(left, right);

        public static Tensor operator !=(Scalar left, Tensor right) => Op.NeScalar.Call(right, left);

        public static Tensor operator <(Tensor left, Tensor right) => Op.LtTensor.Call(left, right);

        public static Tensor operator <(Tensor left, Scalar right) => Op.LtScalar.Call(left, right);

        public static Tensor operator <(Scalar left, Tensor right) => Op.GtScalar.Call(right, left);

        public static Tensor operator <=(Tensor left, Tensor right) => Op.LeTensor.Call(left, right);

        public static Tensor operator <=(Tensor left, Scalar right) => Op.LeScalar.Call(left, right);

        public static Tensor operator <=(Scalar left, Tensor right) => Op.GeScalar.Call(right, left);

        public static Tensor operator >(Tensor left, Tensor right) => Op.GtTensor.Call(left, right);

        public static Tensor operator >(Tensor left, Scalar right) => Op.GtScalar.Call(left, right);

        public static Tensor operator >(Scalar left, Tensor right) => Op.LtScalar.Call(right, left);

        public static Tensor operator >=(Tensor left, Tensor right) => Op.GeTensor.Call(left, right);

        public static Tensor operator >=(Tensor left, Scalar right) => Op.GeScalar.Call(left, right);

        public static Tensor operator >=(Scalar left, Tensor right) => Op.LeScalar.Call(right, left);

        // As Python does it: the reciprocal, times the number.
        private static Tensor Quotient(Argument left, Tensor right)
        {
            using Tensor inverse = Op.Reciprocal.Call(right);
            return Op.MulScalar.Call(inverse, left);
        }
    }
}
