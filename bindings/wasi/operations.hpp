// The table of operations in flight: the module's only state.
//
// When a client goes away the runtime may never run the shim's cleanup, so operations are ids into a bounded
// table: the oldest abandoned one is dropped when it is full, and a stale id is an error, not a crash.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "core/app/operation.hpp"

namespace leadledger::bindings {

class Operations {
 public:
  static constexpr std::size_t kMost = 1024;

  /// Begins an operation and runs it until it waits. The id is never 0.
  std::uint32_t start(app::Buffer message);
  /// False where the id or the effect is unknown.
  bool resume(std::uint32_t id, std::uint32_t effect, app::Buffer reply);
  void end(std::uint32_t id);

  struct OutputPart {
    const char* data;
    std::uint32_t size;
  };
  /// What the operation asked for since the last call; nullptr where the id is unknown. Valid until the next
  /// call with this id.
  const OutputPart* output(std::uint32_t id, std::uint32_t& count);

  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  struct Slot {
    std::uint32_t id = 0;
    std::uint64_t used_at = 0;  // by a counter, not a clock
    std::unique_ptr<app::Operation> operation;
    app::Output output;
    std::vector<OutputPart> parts;
  };
  Slot* find(std::uint32_t id);
  Slot& free_slot();

  std::array<Slot, kMost> slots_;
  std::size_t size_ = 0;
  std::uint32_t next_id_ = 1;
  std::uint64_t counter_ = 0;
};

}  // namespace leadledger::bindings
