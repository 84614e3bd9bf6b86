// The only include of RapidJSON: its SAX half, with assertions as traps instead of prints.
#pragma once

#define RAPIDJSON_ASSERT(condition) ((condition) ? static_cast<void>(0) : __builtin_trap())
#define RAPIDJSON_HAS_STDSTRING 0

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#endif
#include <rapidjson/reader.h>
#include <rapidjson/writer.h>
#if defined(__clang__)
#pragma clang diagnostic pop
#endif
