// How a port asks for an effect.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/app/operation.hpp"

namespace leadledger::app {

/// Writes one effect whose members `write` adds, and gives what to await.
template <class Write>
Effect ask(Operation& operation, std::string_view kind, Write write) {
  const std::uint32_t id = operation.next_id();
  write(operation.begin_effect(kind, id));
  operation.end_effect();
  return Effect(operation, id);
}

}  // namespace leadledger::app
