// The row arithmetic of attention, and the BLAS it stands on.
#pragma once

#include <cstdint>

namespace nsft {

// Makes `row` the softmax of row + mask (mask may be null). A row in which nothing is allowed becomes zeros.
void softmax_row(float* row, const float* mask, int64_t count);
void softmax_row(double* row, const double* mask, int64_t count);

// Makes `gradient` the gradient before the softmax, from that after it and the softmax's own values.
void softmax_backward_row(float* gradient, const float* values, int64_t count);
void softmax_backward_row(double* gradient, const double* values, int64_t count);

// row[j] = scale * <query, key j>, for one query.
void scores_row(float* row, const float* query, const float* keys, int64_t key_stride, int64_t count, int64_t width, float scale);
// output = sum over j of weights[j] * value j, for one query.
void mix_row(float* output, const float* weights, const float* values, int64_t value_stride, int64_t count, int64_t width);

// C = alpha op(A) op(B) + beta C with C of rows x columns, all row-major, by the BLAS that libtorch is linked to.
struct Blas {
  static bool available();
  static void multiply(
      bool transpose_a, bool transpose_b, int64_t rows, int64_t columns, int64_t inner, float alpha, const float* a,
      int64_t stride_a, const float* b, int64_t stride_b, float beta, float* c, int64_t stride_c);
  static void multiply(
      bool transpose_a, bool transpose_b, int64_t rows, int64_t columns, int64_t inner, double alpha, const double* a,
      int64_t stride_a, const double* b, int64_t stride_b, double beta, double* c, int64_t stride_c);
};

}  // namespace nsft
