// Scaled dot-product attention for libtorch 1.13, which has no operator of that name.
//
// On the CPU each head is computed on its own, straight from the strided (batch, head, position, width) tensors, so that
// scores stay in the cache and neither inputs nor output are ever copied or transposed; the output lies in memory as
// (batch, position, head, width), so that the caller's transpose and reshape to (batch, position, model) are views.
// Only the softmax's values are kept for the backward pass, in the inputs' type. With causal, scores above the
// diagonal are neither computed nor read.
#include "nsft_torch.h"

#include <torch/version.h>

#if TORCH_VERSION_MAJOR < 2

#include "attention_rows.h"

#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace nsft;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

constexpr int64_t kCausalRows = 64;  // rows of scores computed at once under causal

// The composite of plain operators: any device, any type, differentiable any number of times.
at::Tensor compose(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const at::Tensor& mask, bool causal) {
  const auto scale = 1.0 / std::sqrt(static_cast<double>(query.size(-1)));
  auto scores = at::matmul(query * scale, key.transpose(-2, -1));
  if (causal) {
    auto allowed = at::ones({query.size(-2), key.size(-2)}, query.options().dtype(at::kBool)).tril();
    scores = scores.masked_fill(allowed.logical_not(), -INFINITY);
  } else if (mask.defined()) {
    scores = mask.scalar_type() == at::kBool ? scores.masked_fill(mask.logical_not(), -INFINITY) : scores + mask;
  }
  return at::matmul(at::softmax(scores, -1), value);
}

// One head's matrix of any stride between rows: read where it lies, or through a copy in T when it is stored in another type.
template <typename T>
struct Tile {
  T* data;
  int64_t stride;
};

template <typename T, typename Stored>
struct Reader {
  std::vector<T> copy;
  Tile<T> read(const at::Tensor& tensor, int64_t b, int64_t h) {
    const int64_t rows = tensor.size(2), width = tensor.size(3), stride = rows == 1 ? width : tensor.stride(2);
    auto* from = tensor.data_ptr<Stored>() + b * tensor.stride(0) + h * tensor.stride(1);
    if constexpr (std::is_same_v<T, Stored>) {
      return {from, stride};
    } else {
      copy.resize(rows * width);
      for (int64_t i = 0; i < rows; i++) {
        for (int64_t d = 0; d < width; d++) {
          copy[i * width + d] = static_cast<T>(from[i * stride + d]);
        }
      }
      return {copy.data(), width};
    }
  }
  // Where to compute a result; write() brings it home when that is elsewhere.
  Tile<T> target(const at::Tensor& tensor, int64_t b, int64_t h) {
    if constexpr (std::is_same_v<T, Stored>) {
      return read(tensor, b, h);
    } else {
      copy.resize(tensor.size(2) * tensor.size(3));
      return {copy.data(), tensor.size(3)};
    }
  }
  void write(const at::Tensor& tensor, int64_t b, int64_t h) {
    if constexpr (!std::is_same_v<T, Stored>) {
      const int64_t rows = tensor.size(2), width = tensor.size(3), stride = tensor.stride(2);
      auto* to = tensor.data_ptr<Stored>() + b * tensor.stride(0) + h * tensor.stride(1);
      for (int64_t i = 0; i < rows; i++) {
        for (int64_t d = 0; d < width; d++) {
          to[i * stride + d] = static_cast<Stored>(copy[i * width + d]);
        }
      }
    }
  }
};

// (batch, head, rows, width) that lies in memory as (batch, rows, head, width).
at::Tensor empty_heads(const at::Tensor& like) {
  return at::empty({like.size(0), like.size(2), like.size(1), like.size(3)}, like.options()).transpose(1, 2);
}

template <typename T>
void head_forward(Tile<T> q, Tile<T> k, Tile<T> v, Tile<T> out, T* weights, int64_t rows, int64_t columns, int64_t width, int64_t value_width, const T* mask, int64_t mask_stride, bool causal) {
  const T scale = static_cast<T>(1.0 / std::sqrt(static_cast<double>(width)));
  if constexpr (std::is_same_v<T, float>) {
    if (rows == 1 && !causal) {
      scores_row(weights, q.data, k.data, k.stride, columns, width, scale);
      softmax_row(weights, mask, columns);
      mix_row(out.data, weights, v.data, v.stride, columns, value_width);
      return;
    }
  }
  const int64_t step = causal ? kCausalRows : rows;
  for (int64_t first = 0; first < rows; first += step) {
    const int64_t count = std::min(step, rows - first);
    const int64_t seen = causal ? std::min(columns, first + count) : columns;
    T* block = weights + first * columns;
    Blas::multiply(false, true, count, seen, width, scale, q.data + first * q.stride, q.stride, k.data, k.stride, T(0), block, columns);
    for (int64_t i = 0; i < count; i++) {
      const int64_t allowed = causal ? std::min(columns, first + i + 1) : columns;
      softmax_row(block + i * columns, mask == nullptr ? nullptr : mask + (first + i) * mask_stride, allowed);
      std::fill(block + i * columns + allowed, block + i * columns + seen, T(0));
    }
    Blas::multiply(false, false, count, value_width, seen, T(1), block, columns, v.data, v.stride, T(0), out.data + first * out.stride, out.stride);
  }
}

template <typename T>
void head_backward(Tile<T> q, Tile<T> k, Tile<T> v, Tile<T> grad, Tile<T> dq, Tile<T> dk, Tile<T> dv, const T* weights, T* scratch, int64_t rows, int64_t columns, int64_t width, int64_t value_width, bool causal) {
  const T scale = static_cast<T>(1.0 / std::sqrt(static_cast<double>(width)));
  const int64_t step = causal ? kCausalRows : rows;
  // The last block sees most columns: it writes the gradients of keys and values, the others add to them.
  const int64_t last = (rows - 1) / step * step;
  for (int64_t first = last; first >= 0; first -= step) {
    const int64_t count = std::min(step, rows - first);
    const int64_t seen = causal ? std::min(columns, first + count) : columns;
    const T add = first == last ? T(0) : T(1);
    const T* block = weights + first * columns;
    const T* grad_rows = grad.data + first * grad.stride;
    Blas::multiply(true, false, seen, value_width, count, T(1), block, columns, grad_rows, grad.stride, add, dv.data, dv.stride);
    Blas::multiply(false, true, count, seen, value_width, T(1), grad_rows, grad.stride, v.data, v.stride, T(0), scratch, columns);
    for (int64_t i = 0; i < count; i++) {
      softmax_backward_row(scratch + i * columns, block + i * columns, seen);
    }
    Blas::multiply(false, false, count, width, seen, scale, scratch, columns, k.data, k.stride, T(0), dq.data + first * dq.stride, dq.stride);
    Blas::multiply(true, false, seen, width, count, scale, scratch, columns, q.data + first * q.stride, q.stride, add, dk.data, dk.stride);
  }
}

template <typename T, typename Stored>
at::Tensor run_forward(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const at::Tensor& mask, bool causal, at::Tensor* kept) {
  const int64_t rows = query.size(2), columns = key.size(2), width = query.size(3), value_width = value.size(3);
  auto out = at::empty({query.size(0), rows, query.size(1), value_width}, query.options()).transpose(1, 2);
  if (kept != nullptr) {
    *kept = at::empty({query.size(0), query.size(1), rows, columns}, query.options());
  }
  Reader<T, Stored> q, k, v, o, p;
  Reader<T, T> m;
  std::vector<T> scratch;
  if (kept == nullptr) {
    scratch.resize(rows * columns);
  }
  for (int64_t b = 0; b < query.size(0); b++) {
    for (int64_t h = 0; h < query.size(1); h++) {
      const auto of_mask = mask.defined() ? m.read(mask, b, h) : Tile<T>{nullptr, 0};
      const auto of_out = o.target(out, b, h);
      T* weights = kept == nullptr ? scratch.data() : p.target(*kept, b, h).data;
      head_forward<T>(q.read(query, b, h), k.read(key, b, h), v.read(value, b, h), of_out, weights, rows, columns, width, value_width, of_mask.data, of_mask.stride, causal);
      o.write(out, b, h);
      if (kept != nullptr) {
        p.write(*kept, b, h);
      }
    }
  }
  return out;
}

template <typename T, typename Stored>
variable_list run_backward(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const at::Tensor& kept, const at::Tensor& gradient, bool causal) {
  const int64_t rows = query.size(2), columns = key.size(2), width = query.size(3), value_width = value.size(3);
  auto dq = empty_heads(query), dk = empty_heads(key), dv = empty_heads(value);
  if (causal && columns > rows) {
    dk.zero_();
    dv.zero_();
  }
  Reader<T, Stored> q, k, v, g, p, tq, tk, tv;
  std::vector<T> scratch(rows * columns);
  for (int64_t b = 0; b < query.size(0); b++) {
    for (int64_t h = 0; h < query.size(1); h++) {
      const auto of_q = tq.target(dq, b, h);
      const auto of_k = tk.target(dk, b, h);
      const auto of_v = tv.target(dv, b, h);
      if (causal && columns > rows && !std::is_same_v<T, Stored>) {
        std::fill(of_k.data, of_k.data + columns * width, T(0));
        std::fill(of_v.data, of_v.data + columns * value_width, T(0));
      }
      head_backward<T>(q.read(query, b, h), k.read(key, b, h), v.read(value, b, h), g.read(gradient, b, h), of_q, of_k, of_v, p.read(kept, b, h).data, scratch.data(), rows, columns, width, value_width, causal);
      tq.write(dq, b, h);
      tk.write(dk, b, h);
      tv.write(dv, b, h);
    }
  }
  return {dq, dk, dv};
}

at::Tensor forward_of(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const at::Tensor& mask, bool causal, at::Tensor* kept) {
  switch (query.scalar_type()) {
    case at::kFloat:
      return run_forward<float, float>(query, key, value, mask, causal, kept);
    case at::kDouble:
      return run_forward<double, double>(query, key, value, mask, causal, kept);
    default:
      return run_forward<float, at::BFloat16>(query, key, value, mask, causal, kept);
  }
}

// BLAS wants rows without gaps inside, that do not overlap.
at::Tensor with_plain_rows(const at::Tensor& tensor) {
  const bool plain = tensor.stride(3) == 1 && (tensor.size(2) == 1 || tensor.stride(2) >= tensor.size(3));
  return plain ? tensor : tensor.clone(at::MemoryFormat::Contiguous);
}

struct HeadAttention : torch::autograd::Function<HeadAttention> {
  static at::Tensor forward(AutogradContext* context, at::Tensor query, at::Tensor key, at::Tensor value, const at::Tensor* mask, bool causal) {
    at::Tensor kept;
    auto out = forward_of(query, key, value, *mask, causal, &kept);
    context->save_for_backward({query, key, value, kept});
    context->saved_data["causal"] = causal;
    return out;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    TORCH_CHECK(!at::GradMode::is_enabled(), "scaled_dot_product_attention: second derivatives (create_graph) need PyTorch 2");
    const auto saved = context->get_saved_variables();
    const bool causal = context->saved_data["causal"].toBool();
    const auto gradient = with_plain_rows(gradients[0]);
    variable_list found;
    switch (saved[0].scalar_type()) {
      case at::kFloat:
        found = run_backward<float, float>(saved[0], saved[1], saved[2], saved[3], gradient, causal);
        break;
      case at::kDouble:
        found = run_backward<double, double>(saved[0], saved[1], saved[2], saved[3], gradient, causal);
        break;
      default:
        found = run_backward<float, at::BFloat16>(saved[0], saved[1], saved[2], saved[3], gradient, causal);
    }
    found.resize(5);
    return found;
  }
};

bool by_heads(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const at::Tensor& mask) {
  const auto type = query.scalar_type();
  const bool typed = (type == at::kFloat || type == at::kDouble || type == at::kBFloat16) && key.scalar_type() == type && value.scalar_type() == type;
  return typed && Blas::available() && query.is_cpu() && query.dim() == 4 && key.dim() == 4 && value.dim() == 4 &&
      query.size(0) == key.size(0) && query.size(1) == key.size(1) && query.size(3) == key.size(3) &&
      key.size(0) == value.size(0) && key.size(1) == value.size(1) && key.size(2) == value.size(2) &&
      query.numel() > 0 && key.numel() > 0 && value.numel() > 0 && !(mask.defined() && mask.requires_grad());
}

// The mask as an addend of the type that is computed in, with as many rows and columns as the scores.
at::Tensor addend(const at::Tensor& mask, const at::Tensor& query, const at::Tensor& key) {
  if (!mask.defined()) {
    return mask;
  }
  const auto options = query.options().dtype(query.scalar_type() == at::kDouble ? at::kDouble : at::kFloat);
  auto added = mask.scalar_type() == at::kBool ? at::zeros_like(mask, options).masked_fill_(mask.logical_not(), -INFINITY)
                                               : mask.to(options);
  if (added.size(-1) != key.size(2) || added.stride(-1) != 1) {
    auto shape = added.sizes().vec();
    shape.back() = key.size(2);
    added = added.expand(shape).contiguous();
  }
  return added.expand({query.size(0), query.size(1), query.size(2), key.size(2)});
}

at::Tensor attend(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const at::Tensor& mask, bool causal) {
  TORCH_CHECK(!(mask.defined() && causal), "scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True");
  if (!by_heads(query, key, value, mask)) {
    return compose(query, key, value, mask, causal);
  }
  const auto q = with_plain_rows(query), k = with_plain_rows(key), v = with_plain_rows(value);
  const auto added = addend(mask, query, key);
  const bool recorded = at::GradMode::is_enabled() && (q.requires_grad() || k.requires_grad() || v.requires_grad());
  return recorded ? HeadAttention::apply(q, k, v, &added, causal) : forward_of(q, k, v, added, causal, nullptr);
}

}  // namespace

NSFT_EXPORT Handle nsft_attention(Handle query, Handle key, Handle value, Handle mask, int32_t causal) {
  return guarded<Handle>(nullptr, [&] {
    return release(attend(borrow(query), borrow(key), borrow(value), borrow(mask), causal != 0));
  });
}

#else

// PyTorch 2 has aten::scaled_dot_product_attention, which is called instead.
NSFT_EXPORT nsft::Handle nsft_attention(nsft::Handle, nsft::Handle, nsft::Handle, nsft::Handle, int32_t) {
  nsft::set_error("this libtorch has its own scaled_dot_product_attention");
  return nullptr;
}

#endif
