// Calls any ATen operator by name through libtorch's dispatcher.
#include "nsft_torch.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>

#include <cstring>
#include <vector>

namespace nsft {
namespace {

thread_local std::string last_error;
thread_local std::vector<Handle> results;

// An operator found once: its handle and what its schema says about the arguments.
struct Operator {
  c10::OperatorHandle handle;
  std::vector<c10::IValue> defaults;  // None where the schema has no default
  std::vector<bool> is_float;         // the schema wants a float: an int is widened
  std::string name;
};

double as_double(int64_t bits) {
  double value;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

c10::List<at::Tensor> tensor_list(const Value& value) {
  c10::List<at::Tensor> list;
  list.reserve(value.length);
  const auto* handles = reinterpret_cast<const Handle*>(value.bits);
  for (int32_t i = 0; i < value.length; i++) {
    list.push_back(borrow(handles[i]));
  }
  return list;
}

// c10::optional before libtorch 2.3 or so, std::optional after: whichever libtorch itself uses.
using MaybeTensor = decltype(std::declval<c10::IValue>().toOptional<at::Tensor>());

c10::List<MaybeTensor> optional_tensor_list(const Value& value) {
  c10::List<MaybeTensor> list;
  list.reserve(value.length);
  const auto* handles = reinterpret_cast<const Handle*>(value.bits);
  for (int32_t i = 0; i < value.length; i++) {
    list.push_back(handles[i] == nullptr ? MaybeTensor() : MaybeTensor(borrow(handles[i])));
  }
  return list;
}

void push(torch::jit::Stack& stack, const Value& value, bool is_float) {
  switch (value.kind) {
    case Kind::None:
      stack.emplace_back();
      return;
    case Kind::Tensor:
      stack.emplace_back(borrow(reinterpret_cast<Handle>(value.bits)));
      return;
    case Kind::Int:
      if (is_float) {
        stack.emplace_back(static_cast<double>(value.bits));
      } else {
        stack.emplace_back(value.bits);
      }
      return;
    case Kind::Double:
      stack.emplace_back(as_double(value.bits));
      return;
    case Kind::Bool:
      stack.emplace_back(value.bits != 0);
      return;
    case Kind::IntList:
      stack.emplace_back(c10::IntArrayRef(reinterpret_cast<const int64_t*>(value.bits), value.length));
      return;
    case Kind::TensorList:
      stack.emplace_back(tensor_list(value));
      return;
    case Kind::OptionalTensorList:
      stack.emplace_back(optional_tensor_list(value));
      return;
    case Kind::String:
      stack.emplace_back(std::string(reinterpret_cast<const char*>(value.bits), value.length));
      return;
    case Kind::Device:
      stack.emplace_back(device_of(value.bits));
      return;
    case Kind::Generator:
      stack.emplace_back(*reinterpret_cast<const at::Generator*>(value.bits));
      return;
  }
  TORCH_CHECK(false, "unknown argument kind ", static_cast<int32_t>(value.kind));
}

void run(const Operator& op, const Value* values, int32_t count, torch::jit::Stack& stack) {
  TORCH_CHECK(
      static_cast<size_t>(count) <= op.defaults.size(), op.name, " takes ", op.defaults.size(), " arguments, not ", count);
  for (int32_t i = 0; i < count; i++) {
    push(stack, values[i], op.is_float[i]);
  }
  for (size_t i = count; i < op.defaults.size(); i++) {
    stack.push_back(op.defaults[i]);
  }
  op.handle.callBoxed(&stack);
}

void collect(c10::IValue&& value, std::vector<Handle>& into) {
  if (value.isTensor()) {
    into.push_back(release(std::move(value).toTensor()));
  } else if (value.isTensorList()) {
    for (at::Tensor tensor : value.toTensorVector()) {
      into.push_back(release(std::move(tensor)));
    }
  } else if (value.isBool()) {
    into.push_back(release(at::scalar_tensor(value.toBool(), at::TensorOptions(at::kBool))));
  } else {
    TORCH_CHECK(false, "a result of type ", value.tagKind(), " cannot be returned");
  }
}

// One stack per thread, so that a call allocates nothing; emptied also when the operator throws.
struct CallStack {
  torch::jit::Stack stack;
  bool busy = false;
};

thread_local CallStack call_stack;

struct StackLease {
  torch::jit::Stack own;
  torch::jit::Stack& stack;
  bool leased;
  StackLease() : stack(call_stack.busy ? own : call_stack.stack), leased(!call_stack.busy) { call_stack.busy = true; }
  ~StackLease() {
    stack.clear();
    if (leased) {
      call_stack.busy = false;
    }
  }
};

}  // namespace

void set_error(const std::string& message) { last_error = message; }

}  // namespace nsft

using namespace nsft;

NSFT_EXPORT const char* nsft_error() { return last_error.c_str(); }

// The operator of this name and overload, or null when this libtorch does not have it.
NSFT_EXPORT void* nsft_operator(const char* name, const char* overload) {
  return guarded<void*>(nullptr, [&]() -> void* {
    auto found = c10::Dispatcher::singleton().findSchema({name, overload});
    TORCH_CHECK(found.has_value(), "this libtorch has no operator ", name, ".", overload);
    auto* op = new Operator{*found, {}, {}, name};
    for (const auto& argument : found->schema().arguments()) {
      op->defaults.push_back(argument.default_value() ? *argument.default_value() : c10::IValue());
      auto type = argument.type();
      if (type->kind() == c10::TypeKind::OptionalType) {
        type = type->castRaw<c10::OptionalType>()->getElementType();
      }
      op->is_float.push_back(type->kind() == c10::TypeKind::FloatType);
    }
    return op;
  });
}

// Calls an operator whose only result is a tensor, and returns its handle; null is failure.
NSFT_EXPORT Handle nsft_call(const void* op, const Value* values, int32_t count) {
  return guarded<Handle>(nullptr, [&]() -> Handle {
    StackLease lease;
    run(*static_cast<const Operator*>(op), values, count, lease.stack);
    return release(std::move(lease.stack.back()).toTensor());
  });
}

// Calls an operator for its effect on an argument.
NSFT_EXPORT int32_t nsft_call_in_place(const void* op, const Value* values, int32_t count) {
  return guarded<int32_t>(1, [&] {
    StackLease lease;
    run(*static_cast<const Operator*>(op), values, count, lease.stack);
    return 0;
  });
}

// Calls an operator with several results or a list of them. *handles stays valid until the thread's next call.
NSFT_EXPORT int32_t nsft_call_many(const void* op, const Value* values, int32_t count, Handle** handles, int32_t* produced) {
  return guarded<int32_t>(1, [&] {
    StackLease lease;
    run(*static_cast<const Operator*>(op), values, count, lease.stack);
    results.clear();
    for (auto& value : lease.stack) {
      collect(std::move(value), results);
    }
    *handles = results.data();
    *produced = static_cast<int32_t>(results.size());
    return 0;
  });
}
