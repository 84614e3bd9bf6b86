// The module's ABI. Messages are described in core/app/message.hpp; a pointer that comes in is either
// borrowed for the call or given up by the caller, as each comment says.
//
//   - uint32 abi_version(): the shim checks it once
//   - ptr buf_new(size): memory for a message of `size` bytes; the caller owns it
//   - void buf_free(ptr): what was never given up
//   - uint32 op_start(message, size): takes over `message`; gives an id, never 0
//   - uint32 op_resume(id, effect, reply, size): takes over `reply`; 0 where id or effect are unknown
//   - uint32 op_output(id): number of parts asked for since; 0 where the id is unknown
//   - ptr op_output_parts(id): that many pairs of pointer and size; valid until the next call with this id
//   - void op_end(id): releases everything of the operation
//   - uint32 op_count(): operations in flight

#include <cstdint>
#include <cstdlib>

#include "bindings/wasi/operations.hpp"

namespace {

constexpr std::uint32_t kAbiVersion = 1;

leadledger::bindings::Operations& operations() {
  // Never destroyed: the module ends with its instance.
  static auto* const table = new leadledger::bindings::Operations();
  return *table;
}

struct LastOutput {
  std::uint32_t id = 0;
  const leadledger::bindings::Operations::OutputPart* parts = nullptr;
};
constinit LastOutput last_output;

}  // namespace

#ifdef __wasm__
#define LEADLEDGER_EXPORT(name) extern "C" __attribute__((export_name(#name), used))  // NOLINT
#else
#define LEADLEDGER_EXPORT(name) extern "C"  // NOLINT
#endif

LEADLEDGER_EXPORT(abi_version) std::uint32_t abi_version() { return kAbiVersion; }

LEADLEDGER_EXPORT(buf_new) char* buf_new(std::uint32_t size) {
  return static_cast<char*>(std::malloc(std::size_t{size} + 1));  // NOLINT: owned across the boundary
}

LEADLEDGER_EXPORT(buf_free) void buf_free(char* data) { std::free(data); }  // NOLINT

LEADLEDGER_EXPORT(op_start) std::uint32_t op_start(char* message, std::uint32_t size) {
  return operations().start(leadledger::app::Buffer(message, size));
}

LEADLEDGER_EXPORT(op_resume)
std::uint32_t op_resume(std::uint32_t id, std::uint32_t effect, char* reply, std::uint32_t size) {
  return operations().resume(id, effect, leadledger::app::Buffer(reply, size)) ? 1 : 0;
}

LEADLEDGER_EXPORT(op_output) std::uint32_t op_output(std::uint32_t id) {
  std::uint32_t count = 0;
  last_output = {id, operations().output(id, count)};
  return count;
}

LEADLEDGER_EXPORT(op_output_parts) const void* op_output_parts(std::uint32_t id) {
  return last_output.id == id ? last_output.parts : nullptr;
}

LEADLEDGER_EXPORT(op_end) void op_end(std::uint32_t id) {
  if (last_output.id == id) last_output = {};
  operations().end(id);
}

LEADLEDGER_EXPORT(op_count) std::uint32_t op_count() {
  return static_cast<std::uint32_t>(operations().size());
}
