// The only include of RapidJSON: its SAX half, with assertions as traps instead of prints.
#pragma once

#define RAPIDJSON_ASSERT(condition) ((condition) ? static_cast<void>(0) : __builtin_trap())
#define RAPIDJSON_HAS_STDSTRING 0

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
// Its empty stack adds to a null pointer before it looks whether there is room; all else stays watched.
#pragma clang attribute push(__attribute__((no_sanitize("pointer-overflow"))), apply_to = function)
#endif
#include <rapidjson/reader.h>
#include <rapidjson/writer.h>
#if defined(__clang__)
#pragma clang attribute pop
#pragma clang diagnostic pop
#endif
