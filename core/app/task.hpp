// A coroutine that computes a T: started when awaited, resumes its awaiter by symmetric transfer.
#pragma once

#include <coroutine>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace leadledger::app {

/// Several tasks that are awaited together: the last one to end resumes who waits.
struct Join {
  std::size_t remaining = 0;
  std::coroutine_handle<> waiter = std::noop_coroutine();
};

template <class T>
class [[nodiscard]] Task {
 public:
  // The compiler looks for these names.
  struct promise_type {  // NOLINT(readability-identifier-naming)
    std::optional<T> value;
    std::coroutine_handle<> continuation = std::noop_coroutine();
    Join* join = nullptr;

    Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    auto final_suspend() noexcept {
      struct Continue {
        bool await_ready() noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> self) noexcept {
          Join* together = self.promise().join;
          if (together == nullptr) return self.promise().continuation;
          return --together->remaining == 0 ? together->waiter : std::noop_coroutine();
        }
        void await_resume() noexcept {}
      };
      return Continue{};
    }
    void return_value(T result) { value.emplace(std::move(result)); }
    void unhandled_exception() noexcept { __builtin_trap(); }
  };

  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Task& operator=(Task&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  /// Destroying a task that waits is how an operation is cancelled: its frame's destructors release
  /// everything.
  ~Task() {
    if (handle_) handle_.destroy();
  }

  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiter) noexcept {
    handle_.promise().continuation = awaiter;
    return handle_;
  }
  T await_resume() { return std::move(*handle_.promise().value); }

  /// Makes it one of several that are awaited together.
  void join(Join* together) { handle_.promise().join = together; }
  /// What it came to, once it is done.
  [[nodiscard]] T take() { return std::move(*handle_.promise().value); }

  /// For a task that nobody awaits on its own: runs until it first waits or ends.
  void start() { handle_.resume(); }
  [[nodiscard]] bool done() const { return handle_.done(); }

 private:
  explicit Task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  std::coroutine_handle<promise_type> handle_;
};

/// co_await Together(tasks): runs all of them at once and goes on when each is done; take() gives what they
/// came to.
template <class T>
class [[nodiscard]] Together {
 public:
  explicit Together(std::vector<Task<T>>& tasks) : tasks_(tasks) {}
  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> awaiter) {
    // One more than there are tasks: those that end at once must not resume who is not yet suspended.
    join_ = {tasks_.size() + 1, awaiter};
    for (Task<T>& task : tasks_) {
      task.join(&join_);
      task.start();
    }
    return --join_.remaining > 0;
  }
  void await_resume() const noexcept {}

 private:
  std::vector<Task<T>>& tasks_;
  Join join_;
};

}  // namespace leadledger::app
