// bfloat16 products on processors without AVX-512, for libtorch 1.13.
//
// There oneDNN refuses bfloat16 and libtorch falls back to a loop that is twenty times slower than a float32 product.
// These kernels widen the factors, multiply in float32 and round the result once, which is also what oneDNN computes.
#include <torch/version.h>

#if TORCH_VERSION_MAJOR < 2 && defined(__x86_64__)

#include <ATen/ATen.h>
#include <ATen/CPUFunctions.h>
#include <torch/library.h>

namespace {

bool widen(const at::Tensor& first) { return first.scalar_type() == at::kBFloat16; }

at::Tensor wide(const at::Tensor& tensor) { return tensor.to(at::kFloat); }

at::Tensor narrow(const at::Tensor& tensor) { return tensor.to(at::kBFloat16); }

at::Tensor mm(const at::Tensor& a, const at::Tensor& b) {
  return widen(a) ? narrow(at::cpu::mm(wide(a), wide(b))) : at::cpu::mm(a, b);
}

at::Tensor bmm(const at::Tensor& a, const at::Tensor& b) {
  return widen(a) ? narrow(at::cpu::bmm(wide(a), wide(b))) : at::cpu::bmm(a, b);
}

at::Tensor addmm(const at::Tensor& bias, const at::Tensor& a, const at::Tensor& b, const at::Scalar& beta, const at::Scalar& alpha) {
  return widen(a) ? narrow(at::cpu::addmm(wide(bias), wide(a), wide(b), beta, alpha)) : at::cpu::addmm(bias, a, b, beta, alpha);
}

at::Tensor baddbmm(const at::Tensor& bias, const at::Tensor& a, const at::Tensor& b, const at::Scalar& beta, const at::Scalar& alpha) {
  return widen(a) ? narrow(at::cpu::baddbmm(wide(bias), wide(a), wide(b), beta, alpha)) : at::cpu::baddbmm(bias, a, b, beta, alpha);
}

bool has_avx512() {
  return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
}

// libtorch warns about every kernel that is replaced; here that is meant.
struct Silence : c10::WarningHandler {
  void process(const c10::SourceLocation&, const std::string&, const bool) override {}
};

TORCH_LIBRARY_IMPL(aten, CPU, library) {
  if (!has_avx512()) {
    Silence silence;
    c10::Warning::WarningHandlerGuard guard(&silence);
    library.impl("mm", TORCH_FN(mm));
    library.impl("bmm", TORCH_FN(bmm));
    library.impl("addmm", TORCH_FN(addmm));
    library.impl("baddbmm", TORCH_FN(baddbmm));
  }
}

}  // namespace

#endif
