// Scaled dot-product attention for libtorch 1.13, which has no operator of that name.
#include "nsft_torch.h"

#include <cmath>

using namespace nsft;

namespace {

at::Tensor attend(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const at::Tensor& mask, bool causal) {
  TORCH_CHECK(!(mask.defined() && causal), "scaled_dot_product_attention: give attn_mask or is_causal, not both");
  const auto scale = 1.0 / std::sqrt(static_cast<double>(query.size(-1)));
  auto scores = at::matmul(query * scale, key.transpose(-2, -1));
  if (causal) {
    auto allowed = at::ones({query.size(-2), key.size(-2)}, query.options().dtype(at::kBool)).tril();
    scores = scores.masked_fill(allowed.logical_not(), -std::numeric_limits<double>::infinity());
  } else if (mask.defined() && mask.scalar_type() == at::kBool) {
    scores = scores.masked_fill(mask.logical_not(), -std::numeric_limits<double>::infinity());
  } else if (mask.defined()) {
    scores = scores + mask;
  }
  return at::matmul(at::softmax(scores, -1), value);
}

}  // namespace

NSFT_EXPORT Handle nsft_attention(Handle query, Handle key, Handle value, Handle mask, int32_t causal) {
  return guarded<Handle>(nullptr, [&] {
    return release(attend(borrow(query), borrow(key), borrow(value), borrow(mask), causal != 0));
  });
}
