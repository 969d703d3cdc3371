// Counts the bytes that tensors hold on the CPU: the default allocator, wrapped before the first tensor exists.
#include "nsft_torch.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <malloc.h>

#include <atomic>
#include <cstring>

namespace {

std::atomic<int64_t> allocated{0};
std::atomic<int64_t> peak{0};
c10::Allocator* inner = nullptr;

void count(int64_t bytes) {
  const auto now = allocated.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  auto highest = peak.load(std::memory_order_relaxed);
  while (now > highest && !peak.compare_exchange_weak(highest, now, std::memory_order_relaxed)) {
  }
}

void free_block(void* block) {
  allocated.fetch_sub(static_cast<int64_t>(malloc_usable_size(block)), std::memory_order_relaxed);
  inner->raw_deallocate(block);
}

// allocate() is const up to libtorch 2.2 and not after; copy_data() came with 2.2. Neither says override, so that the
// one which this libtorch declares is overridden and the other is an ordinary member.
struct CountingAllocator : c10::Allocator {
  c10::DataPtr allocate(size_t bytes) const { return make(bytes); }
  c10::DataPtr allocate(size_t bytes) { return make(bytes); }
  c10::DeleterFnPtr raw_deleter() const { return &free_block; }
  void copy_data(void* target, const void* source, size_t bytes) const { std::memcpy(target, source, bytes); }

 private:
  static c10::DataPtr make(size_t bytes) {
    void* block = inner->raw_allocate(bytes);
    if (block != nullptr) {
      count(static_cast<int64_t>(malloc_usable_size(block)));
    }
    return {block, block, &free_block, c10::Device(c10::kCPU)};
  }
};

CountingAllocator counting;

struct Installer {
  Installer() {
    // A step frees and takes the same blocks again and again: kept in the heap they cost no page faults.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_TOP_PAD, 64 << 20);
    inner = c10::GetCPUAllocator();
    if (inner->raw_deleter() != nullptr) {
      c10::SetCPUAllocator(&counting, 100);
    }
  }
} installer;

}  // namespace

NSFT_EXPORT int64_t nsft_allocated_bytes() { return allocated.load(std::memory_order_relaxed); }

NSFT_EXPORT int64_t nsft_peak_bytes() { return peak.load(std::memory_order_relaxed); }

NSFT_EXPORT void nsft_reset_peak() { peak.store(allocated.load(std::memory_order_relaxed), std::memory_order_relaxed); }
