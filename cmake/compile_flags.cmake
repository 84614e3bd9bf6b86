# One page of flags. Warnings are errors; each exclusion says why.
add_library(leadledger_flags INTERFACE)
option(LEADLEDGER_TESTS "Build tests and fuzzers" OFF)
option(LEADLEDGER_SANITIZE "AddressSanitizer and UndefinedBehaviorSanitizer" OFF)

target_compile_options(leadledger_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Wimplicit-fallthrough -Wunused -Werror
  -Wno-missing-field-initializers  # designated and shortened initialisers leave the rest at their defaults
  -fno-exceptions -fno-rtti)

if(NOT EMSCRIPTEN)
  target_compile_options(leadledger_flags INTERFACE -Wglobal-constructors -Wexit-time-destructors)
endif()

if(CMAKE_SYSTEM_NAME STREQUAL "WASI" OR EMSCRIPTEN)
  target_compile_options(leadledger_flags INTERFACE -ffunction-sections -fdata-sections)
endif()

if(CMAKE_SYSTEM_NAME STREQUAL "WASI")
  # Tail calls keep coroutine chains flat; bulk memory and SIMD run in workerd and Node.
  target_compile_options(leadledger_flags INTERFACE
    -Wno-deprecated  # the driver's own word on the triple wasm32-wasi, under which Debian keeps its headers
    -flto  # calls between the rooms vanish: a quarter of the core's time
    -mtail-call -msimd128 -mbulk-memory
    -D_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_FAST)
endif()

if(LEADLEDGER_SANITIZE)
  target_compile_options(leadledger_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
    -fno-omit-frame-pointer -D_GLIBCXX_ASSERTIONS)
  target_link_options(leadledger_flags INTERFACE -fsanitize=address,undefined)
endif()
