// Shared by the shim's sources: handles, errors, and the value that crosses the border.
//
// A tensor handle is an owned reference to a TensorImpl, 0 means undefined or none. The caller frees it with
// nsft_tensor_free. No C++ exception leaves an export: on failure it returns its error value (1, or a null handle)
// and nsft_error() tells the message of the calling thread's last failure.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <exception>
#include <string>

#define NSFT_EXPORT extern "C" __attribute__((visibility("default")))

namespace nsft {

using Handle = c10::TensorImpl*;

// What an argument is; the C# enum ArgumentKind has the same values.
enum class Kind : int32_t {
  None = 0,
  Tensor = 1,
  Int = 2,
  Double = 3,
  Bool = 4,
  IntList = 5,
  TensorList = 6,
  OptionalTensorList = 7,
  String = 8,
  Device = 9,
  Generator = 10,
};

struct Value {
  Kind kind;
  int32_t length;
  int64_t bits;  // the value itself, the bits of a double, or a pointer to `length` elements
};

// A new reference to the tensor behind a handle.
inline at::Tensor borrow(Handle handle) {
  if (handle == nullptr) {
    return at::Tensor();
  }
  return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(handle));
}

// Hands a tensor over to the caller.
inline Handle release(at::Tensor&& tensor) {
  return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

inline c10::Device device_of(int64_t bits) {
  return c10::Device(
      static_cast<c10::DeviceType>(bits >> 32),
      static_cast<c10::DeviceIndex>(static_cast<int32_t>(bits & 0xffffffff)));
}

void set_error(const std::string& message);

template <typename Result, typename Body>
Result guarded(Result on_error, Body&& body) noexcept {
  try {
    return body();
  } catch (const c10::Error& error) {
    set_error(error.what_without_backtrace());
  } catch (const std::exception& error) {
    set_error(error.what());
  } catch (...) {
    set_error("libtorch raised an unknown exception");
  }
  return on_error;
}

}  // namespace nsft
