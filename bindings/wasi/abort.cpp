// What a broken invariant ends in: a trap, which the shim answers. libc++ would first print a message, and
// with it bring 20 KB of formatted output and three WASI calls into the module, whose message nobody could
// read.
#include <version>

// NOLINTBEGIN(bugprone-reserved-identifier): libc++ and libc++abi look for these two.
extern "C" [[noreturn]] void __abort_message(const char* /*format*/, ...) { __builtin_trap(); }

namespace std {
inline namespace _LIBCPP_ABI_NAMESPACE {
[[noreturn]] void __libcpp_verbose_abort(const char* /*format*/, ...) noexcept { __builtin_trap(); }
}  // namespace _LIBCPP_ABI_NAMESPACE
}  // namespace std
// NOLINTEND(bugprone-reserved-identifier)
