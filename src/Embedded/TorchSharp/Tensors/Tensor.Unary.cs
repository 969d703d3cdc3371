namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Op.Abs.Call(this);

        public Tensor abs_() => Op.AbsInPlace.Update(this);

        public Tensor neg() => Op.Neg.Call(this);

        public Tensor neg_() => Op.NegInPlace.Update(this);

        public Tensor exp() => Op.Exp.Call(this);

        public Tensor exp_() => Op.ExpInPlace.Update(this);

        public Tensor exp2() => Op.Exp2.Call(this);

        public Tensor exp2_() => Op.Exp2InPlace.Update(this);

        public Tensor expm1() => Op.Expm1.Call(this);

        public Tensor expm1_() => Op.Expm1InPlace.Update(this);

        public Tensor log() => Op.Log.Call(this);

        public Tensor log_() => Op.LogInPlace.Update(this);

        public Tensor log2() => Op.Log2.Call(this);

        public Tensor log2_() => Op.Log2InPlace.Update(this);

        public Tensor log10() => Op.Log10.Call(this);

        public Tensor log10_() => Op.Log10InPlace.Update(this);

        public Tensor log1p() => Op.Log1p.Call(this);

        public Tensor log1p_() => Op.Log1pInPlace.Update(this);

        public Tensor sqrt() => Op.Sqrt.Call(this);

        public Tensor sqrt_() => Op.SqrtInPlace.Update(this);

        public Tensor rsqrt() => Op.Rsqrt.Call(this);

        public Tensor rsqrt_() => Op.RsqrtInPlace.Update(this);

        public Tensor sin() => Op.Sin.Call(this);

        public Tensor sin_() => Op.SinInPlace.Update(this);

        public Tensor cos() => Op.Cos.Call(this);

        public Tensor cos_() => Op.CosInPlace.Update(this);

        public Tensor tan() => Op.Tan.Call(this);

        public Tensor tan_() => Op.TanInPlace.Update(this);

        public Tensor tanh() => Op.Tanh.Call(this);

        public Tensor tanh_() => Op.TanhInPlace.Update(this);

        public Tensor sinh() => Op.Sinh.Call(this);

        public Tensor sinh_() => Op.SinhInPlace.Update(this);

        public Tensor cosh() => Op.Cosh.Call(this);

        public Tensor cosh_() => Op.CoshInPlace.Update(this);

        public Tensor asin() => Op.Asin.Call(this);

        public Tensor asin_() => Op.AsinInPlace.Update(this);

        public Tensor acos() => Op.Acos.Call(this);

        public Tensor acos_() => Op.AcosInPlace.Update(this);

        public Tensor atan() => Op.Atan.Call(this);

        public Tensor atan_() => Op.AtanInPlace.Update(this);

        public Tensor sigmoid() => Op.Sigmoid.Call(this);

        public Tensor sigmoid_() => Op.SigmoidInPlace.Update(this);

        public Tensor floor() => Op.Floor.Call(this);

        public Tensor floor_() => Op.FloorInPlace.Update(this);

        public Tensor ceil() => Op.Ceil.Call(this);

        public Tensor ceil_() => Op.CeilInPlace.Update(this);

        public Tensor trunc() => Op.Trunc.Call(this);

        public Tensor trunc_() => Op.TruncInPlace.Update(this);

        public Tensor sign() => Op.Sign.Call(this);

        public Tensor sign_() => Op.SignInPlace.Update(this);

        public Tensor erf() => Op.Erf.Call(this);

        public Tensor erf_() => Op.ErfInPlace.Update(this);

        public Tensor reciprocal() => Op.Reciprocal.Call(this);

        public Tensor reciprocal_() => Op.ReciprocalInPlace.Update(this);

        public Tensor frac() => Op.Frac.Call(this);

        public Tensor frac_() => Op.FracInPlace.Update(this);

        public Tensor isnan() => Op.Isnan.Call(this);

        public Tensor isinf() => Op.Isinf.Call(this);

        public Tensor isfinite() => Op.Isfinite.Call(this);

        public Tensor signbit() => Op.Signbit.Call(this);

        public Tensor logical_not() => Op.LogicalNot.Call(this);

        public Tensor square() => Op.Square.Call(this);

        public Tensor positive() => Op.Positive.Call(this);

        public Tensor relu() => Op.Relu.Call(this);

        public Tensor silu() => Op.Silu.Call(this);

        public Tensor log_sigmoid() => Op.LogSigmoid.Call(this);

        public Tensor logical_not_() => Op.LogicalNotInPlace.Update(this);

        public Tensor relu_() => Op.ReluInPlace.Update(this);

        public Tensor silu_() => Op.SiluInPlace.Update(this);

        public Tensor gelu() => Op.Gelu.Call(this);

        public Tensor zero_() => Op.ZeroInPlace.Update(this);

        public Tensor fill_(Scalar value) => Op.FillScalarInPlace.Update(this, value);

        public Tensor round(long decimals = 0) => decimals == 0 ? Op.Round.Call(this) : Op.RoundDecimals.Call(this, decimals);

        public Tensor round_(long decimals = 0) => decimals == 0 ? Op.RoundInPlace.Update(this) : Op.RoundDecimalsInPlace.Update(this, decimals);

        public Tensor softplus(double beta = 1, double threshold = 20) => Op.Softplus.Call(this, beta, threshold);

        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) => Op.NanToNum.Call(this, nan, posinf, neginf);
    }
}
