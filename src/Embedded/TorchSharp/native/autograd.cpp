// Gradients: what is required, what was computed, and the passes that compute it.
#include "nsft_torch.h"

#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>

#include <vector>

using namespace nsft;

namespace {

torch::autograd::variable_list variables(const Handle* handles, int32_t count) {
  torch::autograd::variable_list list;
  list.reserve(count);
  for (int32_t i = 0; i < count; i++) {
    list.push_back(borrow(handles[i]));
  }
  return list;
}

}  // namespace

NSFT_EXPORT int32_t nsft_tensor_requires_grad(Handle handle) { return handle->requires_grad() ? 1 : 0; }

NSFT_EXPORT int32_t nsft_tensor_set_requires_grad(Handle handle, int32_t required) {
  return guarded<int32_t>(1, [&] {
    borrow(handle).requires_grad_(required != 0);
    return 0;
  });
}

NSFT_EXPORT int32_t nsft_tensor_is_leaf(Handle handle) { return borrow(handle).is_leaf() ? 1 : 0; }

NSFT_EXPORT int32_t nsft_tensor_retain_grad(Handle handle) {
  return guarded<int32_t>(1, [&] {
    borrow(handle).retain_grad();
    return 0;
  });
}

// A new handle to the gradient, null when there is none.
NSFT_EXPORT Handle nsft_tensor_grad(Handle handle) {
  return guarded<Handle>(nullptr, [&] {
    const auto tensor = borrow(handle);
    return release(at::Tensor(static_cast<const at::Tensor&>(handle->grad())));
  });
}

NSFT_EXPORT int32_t nsft_tensor_set_grad(Handle handle, Handle gradient) {
  return guarded<int32_t>(1, [&] {
    const auto tensor = borrow(handle);
    auto value = borrow(gradient);
    if (value.defined()) {
      TORCH_CHECK(value.sizes().equals(tensor.sizes()), "assigned grad has data of a different size");
      TORCH_CHECK(value.scalar_type() == tensor.scalar_type(), "assigned grad has data of a different type");
      TORCH_CHECK(value.device() == tensor.device(), "assigned grad has data located on a different device");
    }
    handle->mutable_grad() = std::move(value);
    return 0;
  });
}

NSFT_EXPORT int32_t nsft_backward(
    const Handle* outputs, int32_t output_count, const Handle* gradients, int32_t gradient_count,
    const Handle* inputs, int32_t input_count, int32_t retain_graph, int32_t create_graph) {
  return guarded<int32_t>(1, [&] {
    torch::autograd::backward(
        variables(outputs, output_count), variables(gradients, gradient_count), retain_graph != 0, create_graph != 0,
        variables(inputs, input_count));
    return 0;
  });
}

// Writes one handle an input into `into`; null where an input was not used and that is allowed.
NSFT_EXPORT int32_t nsft_grad(
    const Handle* outputs, int32_t output_count, const Handle* inputs, int32_t input_count, const Handle* gradients,
    int32_t gradient_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused, Handle* into) {
  return guarded<int32_t>(1, [&] {
    auto found = torch::autograd::grad(
        variables(outputs, output_count), variables(inputs, input_count), variables(gradients, gradient_count),
        retain_graph != 0, create_graph != 0, allow_unused != 0);
    for (int32_t i = 0; i < input_count; i++) {
      into[i] = release(std::move(found[i]));
    }
    return 0;
  });
}

NSFT_EXPORT int32_t nsft_grad_enabled() { return at::GradMode::is_enabled() ? 1 : 0; }

NSFT_EXPORT void nsft_set_grad_enabled(int32_t enabled) { at::GradMode::set_enabled(enabled != 0); }

// Enters inference mode on the calling thread (or leaves it, within); nsft_inference_leave ends it on that thread.
NSFT_EXPORT void* nsft_inference_enter(int32_t enabled) {
  return guarded<void*>(nullptr, [&]() -> void* { return new c10::InferenceMode(enabled != 0); });
}

NSFT_EXPORT void nsft_inference_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

NSFT_EXPORT int32_t nsft_inference_enabled() { return c10::InferenceMode::is_enabled() ? 1 : 0; }
