#include "bindings/wasi/operations.hpp"

#include <algorithm>

namespace leadledger::bindings {

// An id's slot is the id modulo the table's size, so it is found without searching.
Operations::Slot* Operations::find(std::uint32_t id) {
  Slot& slot = slots_[id % kMost];
  return id != 0 && slot.id == id && slot.operation ? &slot : nullptr;
}

Operations::Slot& Operations::free_slot() {
  if (size_ == kMost) {
    const auto oldest = std::min_element(slots_.begin(), slots_.end(),
                                         [](const Slot& a, const Slot& b) { return a.used_at < b.used_at; });
    end(oldest->id);
  }
  do {
    ++next_id_;
    if (next_id_ == 0) ++next_id_;
  } while (slots_[next_id_ % kMost].operation);
  return slots_[next_id_ % kMost];
}

std::uint32_t Operations::start(app::Buffer message) {
  Slot& slot = free_slot();
  slot.id = next_id_;
  slot.used_at = ++counter_;
  slot.operation = std::make_unique<app::Operation>(std::move(message));
  ++size_;
  slot.operation->start();
  return slot.id;
}

bool Operations::resume(std::uint32_t id, std::uint32_t effect, app::Buffer reply) {
  Slot* slot = find(id);
  if (slot == nullptr) return false;
  slot->used_at = ++counter_;
  return slot->operation->resume(effect, std::move(reply));
}

void Operations::end(std::uint32_t id) {
  Slot* slot = find(id);
  if (slot == nullptr) return;
  *slot = Slot();
  --size_;
}

const Operations::OutputPart* Operations::output(std::uint32_t id, std::uint32_t& count) {
  Slot* slot = find(id);
  if (slot == nullptr) return nullptr;
  slot->output = slot->operation->take_output();
  slot->parts.clear();
  for (const std::string& part : slot->output.parts) {
    slot->parts.push_back({part.data(), static_cast<std::uint32_t>(part.size())});
  }
  count = static_cast<std::uint32_t>(slot->parts.size());
  return slot->parts.data();
}

}  // namespace leadledger::bindings
