#include "attention_rows.h"

#include <dlfcn.h>

#include <cmath>
#include <cstring>
#include <limits>

// Compiled once for each kind of processor and chosen when the library is loaded.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12
#define NSFT_VECTORISED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define NSFT_VECTORISED
#endif

namespace nsft {
namespace {

// exp for x <= 0 to about one unit in the last place (Cephes' polynomial); 0 below exp's range, -inf included.
inline __attribute__((always_inline)) float exp_of_negative(float x) {
  const float clipped = x < -87.0f ? -87.0f : x;
  const float shifted = clipped * 1.44269504088896341f + 12582912.0f;  // rounds to a whole number in the low bits
  const float whole = shifted - 12582912.0f;
  const float r = (clipped - whole * 0.693359375f) + whole * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + r + 1.0f;
  const int32_t bits = (static_cast<int32_t>(whole) + 127) << 23;
  float power;
  std::memcpy(&power, &bits, sizeof(power));
  return x < -87.0f ? 0.0f : p * power;
}

using Sgemm = void (*)(const char*, const char*, const int*, const int*, const int*, const float*, const float*, const int*, const float*, const int*, const float*, float*, const int*);
using Dgemm = void (*)(const char*, const char*, const int*, const int*, const int*, const double*, const double*, const int*, const double*, const int*, const double*, double*, const int*);

const Sgemm sgemm = reinterpret_cast<Sgemm>(dlsym(RTLD_DEFAULT, "sgemm_"));
const Dgemm dgemm = reinterpret_cast<Dgemm>(dlsym(RTLD_DEFAULT, "dgemm_"));

// A row-major product is the column-major product of the transposes in reverse order.
template <typename Gemm, typename T>
void row_major(
    Gemm gemm, bool transpose_a, bool transpose_b, int64_t rows, int64_t columns, int64_t inner, T alpha, const T* a,
    int64_t stride_a, const T* b, int64_t stride_b, T beta, T* c, int64_t stride_c) {
  const char of_a = transpose_a ? 'T' : 'N';
  const char of_b = transpose_b ? 'T' : 'N';
  const int m = static_cast<int>(columns), n = static_cast<int>(rows), k = static_cast<int>(inner);
  const int lda = static_cast<int>(stride_a), ldb = static_cast<int>(stride_b), ldc = static_cast<int>(stride_c);
  gemm(&of_b, &of_a, &m, &n, &k, &alpha, b, &ldb, a, &lda, &beta, c, &ldc);
}

}  // namespace

bool Blas::available() { return sgemm != nullptr && dgemm != nullptr; }

void Blas::multiply(
    bool transpose_a, bool transpose_b, int64_t rows, int64_t columns, int64_t inner, float alpha, const float* a,
    int64_t stride_a, const float* b, int64_t stride_b, float beta, float* c, int64_t stride_c) {
  row_major(sgemm, transpose_a, transpose_b, rows, columns, inner, alpha, a, stride_a, b, stride_b, beta, c, stride_c);
}

void Blas::multiply(
    bool transpose_a, bool transpose_b, int64_t rows, int64_t columns, int64_t inner, double alpha, const double* a,
    int64_t stride_a, const double* b, int64_t stride_b, double beta, double* c, int64_t stride_c) {
  row_major(dgemm, transpose_a, transpose_b, rows, columns, inner, alpha, a, stride_a, b, stride_b, beta, c, stride_c);
}

NSFT_VECTORISED void softmax_row(float* row, const float* mask, int64_t count) {
  if (mask != nullptr) {
#pragma omp simd
    for (int64_t j = 0; j < count; j++) {
      row[j] += mask[j];
    }
  }
  float highest = -std::numeric_limits<float>::infinity();
#pragma omp simd reduction(max : highest)
  for (int64_t j = 0; j < count; j++) {
    highest = row[j] > highest ? row[j] : highest;
  }
  if (highest == -std::numeric_limits<float>::infinity()) {
    std::memset(row, 0, count * sizeof(float));
    return;
  }
  float sum = 0.0f;
#pragma omp simd reduction(+ : sum)
  for (int64_t j = 0; j < count; j++) {
    const float value = exp_of_negative(row[j] - highest);
    row[j] = value;
    sum += value;
  }
  const float inverse = 1.0f / sum;
#pragma omp simd
  for (int64_t j = 0; j < count; j++) {
    row[j] *= inverse;
  }
}

void softmax_row(double* row, const double* mask, int64_t count) {
  double highest = -std::numeric_limits<double>::infinity();
  for (int64_t j = 0; j < count; j++) {
    row[j] += mask == nullptr ? 0.0 : mask[j];
    highest = row[j] > highest ? row[j] : highest;
  }
  double sum = 0.0;
  for (int64_t j = 0; j < count; j++) {
    row[j] = highest == -std::numeric_limits<double>::infinity() ? 0.0 : std::exp(row[j] - highest);
    sum += row[j];
  }
  for (int64_t j = 0; j < count && sum > 0.0; j++) {
    row[j] /= sum;
  }
}

NSFT_VECTORISED void softmax_backward_row(float* gradient, const float* values, int64_t count) {
  float dot = 0.0f;
#pragma omp simd reduction(+ : dot)
  for (int64_t j = 0; j < count; j++) {
    dot += gradient[j] * values[j];
  }
#pragma omp simd
  for (int64_t j = 0; j < count; j++) {
    gradient[j] = (gradient[j] - dot) * values[j];
  }
}

void softmax_backward_row(double* gradient, const double* values, int64_t count) {
  double dot = 0.0;
  for (int64_t j = 0; j < count; j++) {
    dot += gradient[j] * values[j];
  }
  for (int64_t j = 0; j < count; j++) {
    gradient[j] = (gradient[j] - dot) * values[j];
  }
}

NSFT_VECTORISED void scores_row(float* row, const float* query, const float* keys, int64_t key_stride, int64_t count, int64_t width, float scale) {
  for (int64_t j = 0; j < count; j++) {
    const float* key = keys + j * key_stride;
    float dot = 0.0f;
#pragma omp simd reduction(+ : dot)
    for (int64_t d = 0; d < width; d++) {
      dot += query[d] * key[d];
    }
    row[j] = dot * scale;
  }
}

NSFT_VECTORISED void mix_row(float* output, const float* weights, const float* values, int64_t value_stride, int64_t count, int64_t width) {
  std::memset(output, 0, width * sizeof(float));
  for (int64_t j = 0; j < count; j++) {
    const float weight = weights[j];
    const float* value = values + j * value_stride;
#pragma omp simd
    for (int64_t d = 0; d < width; d++) {
      output[d] += weight * value[d];
    }
  }
}

}  // namespace nsft
