// What is not an operator: a tensor's life, its facts and its memory, threads, random generators.
#include "nsft_torch.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <c10/util/typeid.h>
#include <dlfcn.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include <atomic>
#include <cstring>

using namespace nsft;

NSFT_EXPORT void nsft_tensor_free(Handle handle) {
  if (handle != nullptr) {
    c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(handle);
  }
}

// A second handle to the same tensor.
NSFT_EXPORT Handle nsft_tensor_share(Handle handle) { return release(borrow(handle)); }

NSFT_EXPORT int64_t nsft_tensor_dim(Handle handle) { return handle->dim(); }

NSFT_EXPORT int64_t nsft_tensor_numel(Handle handle) { return handle->numel(); }

NSFT_EXPORT int32_t nsft_tensor_dtype(Handle handle) {
  return static_cast<int32_t>(c10::typeMetaToScalarType(handle->dtype()));
}

NSFT_EXPORT int64_t nsft_tensor_item_size(Handle handle) { return static_cast<int64_t>(handle->itemsize()); }

NSFT_EXPORT int64_t nsft_tensor_device(Handle handle) {
  const auto device = handle->device();
  return (static_cast<int64_t>(device.type()) << 32) | static_cast<uint32_t>(static_cast<int32_t>(device.index()));
}

NSFT_EXPORT void nsft_tensor_sizes(Handle handle, int64_t* into) {
  const auto sizes = handle->sizes();
  std::memcpy(into, sizes.data(), sizes.size() * sizeof(int64_t));
}

NSFT_EXPORT void nsft_tensor_strides(Handle handle, int64_t* into) {
  const auto strides = handle->strides();
  std::memcpy(into, strides.data(), strides.size() * sizeof(int64_t));
}

NSFT_EXPORT int64_t nsft_tensor_storage_offset(Handle handle) { return handle->storage_offset(); }

NSFT_EXPORT int32_t nsft_tensor_is_contiguous(Handle handle) { return handle->is_contiguous() ? 1 : 0; }

// The first element's address; null when the tensor has no elements or no memory of its own.
NSFT_EXPORT void* nsft_tensor_data(Handle handle) {
  return guarded<void*>(nullptr, [&] { return borrow(handle).data_ptr(); });
}

// A tensor of its own memory that holds `bytes` bytes copied from `data`.
NSFT_EXPORT Handle nsft_tensor_from_data(const void* data, int64_t bytes, int32_t dtype, const int64_t* sizes, int32_t dims) {
  return guarded<Handle>(nullptr, [&] {
    auto tensor = at::empty(c10::IntArrayRef(sizes, dims), at::TensorOptions(static_cast<at::ScalarType>(dtype)));
    const auto expected = static_cast<int64_t>(tensor.numel() * tensor.element_size());
    TORCH_CHECK(expected == bytes, "the data have ", bytes, " bytes, a tensor of this shape needs ", expected);
    if (bytes > 0) {
      std::memcpy(tensor.data_ptr(), data, bytes);
    }
    return release(std::move(tensor));
  });
}

// The value of a tensor of one element as a double and as an integer; 1 is failure.
NSFT_EXPORT int32_t nsft_tensor_item(Handle handle, double* as_double, int64_t* as_int) {
  return guarded<int32_t>(1, [&] {
    const auto scalar = borrow(handle).item();
    *as_double = scalar.isFloatingPoint() ? scalar.toDouble() : 0.0;
    *as_int = scalar.isFloatingPoint() ? 0 : (scalar.isBoolean() ? scalar.toBool() : scalar.toLong());
    return 0;
  });
}

// OpenBLAS (pthread build) has a pool of its own beside OpenMP's; both must obey, or threads fight for cores.
NSFT_EXPORT void nsft_set_num_threads(int32_t count) {
  guarded<int32_t>(1, [&] {
    at::set_num_threads(count);
    using Setter = void (*)(int);
    static const auto set_blas = reinterpret_cast<Setter>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
    static std::atomic<int32_t> current{0};
    if (set_blas != nullptr && current.exchange(count) != count) {
      set_blas(count);
    }
    return 0;
  });
}

NSFT_EXPORT int32_t nsft_get_num_threads() { return at::get_num_threads(); }

NSFT_EXPORT void nsft_set_num_interop_threads(int32_t count) {
  guarded<int32_t>(1, [&] {
    at::set_num_interop_threads(count);
    return 0;
  });
}

NSFT_EXPORT int32_t nsft_get_num_interop_threads() { return at::get_num_interop_threads(); }

NSFT_EXPORT int32_t nsft_cuda_is_available() {
  return guarded<int32_t>(0, [] { return torch::cuda::is_available() ? 1 : 0; });
}

NSFT_EXPORT int32_t nsft_cuda_device_count() {
  return guarded<int32_t>(0, [] { return static_cast<int32_t>(torch::cuda::device_count()); });
}

NSFT_EXPORT int32_t nsft_cuda_synchronize(int64_t index) {
  return guarded<int32_t>(1, [&] {
    torch::cuda::synchronize(index);
    return 0;
  });
}

NSFT_EXPORT const char* nsft_version() { return TORCH_VERSION; }

NSFT_EXPORT void nsft_set_allow_tf32(int32_t allow) {
  guarded<int32_t>(1, [&] {
    at::globalContext().setAllowTF32CuBLAS(allow != 0);
    return 0;
  });
}

NSFT_EXPORT void nsft_manual_seed(uint64_t seed) {
  guarded<int32_t>(1, [&] {
    at::manual_seed(seed);
    return 0;
  });
}

NSFT_EXPORT void* nsft_generator_new(int64_t device, uint64_t seed) {
  return guarded<void*>(nullptr, [&]() -> void* {
    const auto on = device_of(device);
    if (on.is_cpu()) {
      return new at::Generator(at::detail::createCPUGenerator(seed));
    }
    at::Generator generator = at::globalContext().defaultGenerator(on).clone();
    generator.set_current_seed(seed);
    return new at::Generator(std::move(generator));
  });
}

// The process's own generator of the CPU; the handle shares its state.
NSFT_EXPORT void* nsft_generator_default() {
  return guarded<void*>(nullptr, []() -> void* {
    return new at::Generator(at::globalContext().defaultGenerator(c10::Device(c10::kCPU)));
  });
}

NSFT_EXPORT void nsft_generator_free(void* generator) { delete static_cast<at::Generator*>(generator); }

NSFT_EXPORT void nsft_generator_manual_seed(void* generator, uint64_t seed) {
  guarded<int32_t>(1, [&] {
    auto& target = *static_cast<at::Generator*>(generator);
    std::lock_guard<std::mutex> lock(target.mutex());
    target.set_current_seed(seed);
    return 0;
  });
}

NSFT_EXPORT uint64_t nsft_generator_seed(void* generator) {
  return guarded<uint64_t>(0, [&] { return static_cast<at::Generator*>(generator)->current_seed(); });
}

NSFT_EXPORT Handle nsft_generator_get_state(void* generator) {
  return guarded<Handle>(nullptr, [&] { return release(static_cast<at::Generator*>(generator)->get_state()); });
}

NSFT_EXPORT int32_t nsft_generator_set_state(void* generator, Handle state) {
  return guarded<int32_t>(1, [&] {
    static_cast<at::Generator*>(generator)->set_state(borrow(state));
    return 0;
  });
}
