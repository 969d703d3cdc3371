namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Op.AddTensor.Call(this, target);

        public Tensor add(Scalar scalar) => Op.AddScalar.Call(this, scalar);

        public Tensor add_(Tensor target) => Op.AddTensorInPlace.Update(this, target);

        public Tensor add_(Scalar scalar) => Op.AddScalarInPlace.Update(this, scalar);

        public Tensor sub(Tensor target) => Op.SubTensor.Call(this, target);

        public Tensor sub(Scalar target) => Op.SubScalar.Call(this, target);

        public Tensor sub_(Tensor target) => Op.SubTensorInPlace.Update(this, target);

        public Tensor sub_(Scalar target) => Op.SubScalarInPlace.Update(this, target);

        public Tensor add(Tensor target, Scalar alpha) => Op.AddTensor.Call(this, target, alpha);

        public Tensor add_(Tensor target, Scalar alpha) => Op.AddTensorInPlace.Update(this, target, alpha);

        public Tensor mul(Tensor target) => Op.MulTensor.Call(this, target);

        public Tensor mul(Scalar target) => Op.MulScalar.Call(this, target);

        public Tensor mul_(Tensor target) => Op.MulTensorInPlace.Update(this, target);

        public Tensor mul_(Scalar target) => Op.MulScalarInPlace.Update(this, target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Op.DivTensor.Call(this, target) : Op.DivTensorMode.Call(this, target, NameOf(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Op.DivScalar.Call(this, target) : Op.DivScalarMode.Call(this, target, NameOf(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Op.DivTensorInPlace.Update(this, target) : Op.DivTensorModeInPlace.Update(this, target, NameOf(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Op.DivScalarInPlace.Update(this, target) : Op.DivScalarModeInPlace.Update(this, target, NameOf(rounding_mode));

        public Tensor remainder(Tensor target) => Op.RemainderTensor.Call(this, target);

        public Tensor remainder(Scalar scalar) => Op.RemainderScalar.Call(this, scalar);

        public Tensor fmod(Tensor target) => Op.FmodTensor.Call(this, target);

        public Tensor fmod(Scalar scalar) => Op.FmodScalar.Call(this, scalar);

        public Tensor floor_divide(Tensor other) => Op.FloorDivide.Call(this, other);

        public Tensor floor_divide(Scalar other) => Op.FloorDivideScalar.Call(this, other);

        public Tensor pow(Tensor exponent) => Op.PowTensorTensor.Call(this, exponent);

        public Tensor pow(Scalar exponent) => Op.PowTensorScalar.Call(this, exponent);

        public Tensor pow_(Scalar exponent) => Op.PowScalarInPlace.Update(this, exponent);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Addcmul.Call(this, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Op.AddcmulInPlace.Update(this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Addcdiv.Call(this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Op.AddcdivInPlace.Update(this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Op.Addcdiv.Call(this, tensor1, tensor2);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Op.AddcdivInPlace.Update(this, tensor1, tensor2);

        public Tensor lerp(Tensor end, Tensor weight) => Op.LerpTensor.Call(this, end, weight);

        public Tensor lerp_(Tensor end, Tensor weight) => Op.LerpTensorInPlace.Update(this, end, weight);

        public Tensor maximum(Tensor other) => Op.Maximum.Call(this, other);

        public Tensor minimum(Tensor other) => Op.Minimum.Call(this, other);

        public Tensor atan2(Tensor other) => Op.Atan2.Call(this, other);

        public Tensor logaddexp(Tensor other) => Op.Logaddexp.Call(this, other);

        public Tensor hypot(Tensor other) => Op.Hypot.Call(this, other);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Op.Clamp.Call(this, min, max);

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Op.ClampTensor.Call(this, min, max);

        public Tensor clamp_min(Scalar min) => Op.ClampMin.Call(this, min);

        public Tensor clamp_max(Scalar max) => Op.ClampMax.Call(this, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Op.ClampInPlace.Update(this, min, max);

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Op.ClampTensorInPlace.Update(this, min, max);

        public Tensor clamp_min_(Scalar min) => Op.ClampMinInPlace.Update(this, min);

        public Tensor clamp_max_(Scalar max) => Op.ClampMaxInPlace.Update(this, max);

        public Tensor matmul(Tensor target) => Op.Matmul.Call(this, target);

        public Tensor mm(Tensor target) => Op.Mm.Call(this, target);

        public Tensor mv(Tensor target) => Op.Mv.Call(this, target);

        public Tensor dot(Tensor target) => Op.Dot.Call(this, target);

        public Tensor bmm(Tensor batch2) => Op.Bmm.Call(this, batch2);

        public Tensor outer(Tensor vec2) => Op.Outer.Call(this, vec2);

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => Op.Baddbmm.Call(this, batch1, batch2, beta, alpha);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Op.Addmm.Call(this, mat1, mat2, beta, alpha);

        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Op.AddmmInPlace.Update(this, mat1, mat2, beta, alpha);
    }
}
