// One operation: a request being answered. It runs until it needs something from outside, leaves effects in
// its outbox, and is resumed with each reply. Everything it allocates is released when it ends or is dropped.
#pragma once

#include <coroutine>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/message.hpp"
#include "core/app/task.hpp"
#include "core/support/json_writer.hpp"

namespace leadledger::app {

class Operation;

/// What came back for an effect. A failed one is data too: the handler decides what it means.
struct Reply {
  Buffer storage;
  bool ok = false;
  std::string_view status;  // a word of the effect's own after "ok", or what failed
  Part body;
};

/// Several effects awaited together.
struct Waiter {
  std::coroutine_handle<> handle;
  std::size_t remaining = 0;
};

/// An effect that was asked for. It may be moved until it is awaited.
class [[nodiscard]] Effect {
 public:
  Effect(Operation& operation, std::uint32_t id);
  Effect(Effect&& other) noexcept;
  Effect& operator=(Effect&&) = delete;
  Effect(const Effect&) = delete;
  Effect& operator=(const Effect&) = delete;
  ~Effect();

  [[nodiscard]] std::uint32_t id() const { return id_; }
  [[nodiscard]] bool answered() const { return answered_; }
  [[nodiscard]] Reply take() { return std::move(reply_); }
  void wait(Waiter* waiter) { waiter_ = waiter; }
  void answer(Reply reply);

  bool await_ready() const noexcept { return answered_; }
  void await_suspend(std::coroutine_handle<> awaiter) {
    own_waiter_ = {awaiter, 1};
    waiter_ = &own_waiter_;
  }
  Reply await_resume() { return take(); }

 private:
  Operation& operation_;
  std::uint32_t id_;
  bool answered_ = false;
  Reply reply_;
  Waiter own_waiter_;
  Waiter* waiter_ = nullptr;
};

/// co_await All({&a, &b}): goes on once each of them has its reply; take() gives them.
class [[nodiscard]] All {
 public:
  explicit All(std::vector<Effect*> effects) : effects_(std::move(effects)) {}
  bool await_ready() const noexcept {
    for (const Effect* effect : effects_) {
      if (!effect->answered()) return false;
    }
    return true;
  }
  void await_suspend(std::coroutine_handle<> awaiter) {
    waiter_.handle = awaiter;
    for (Effect* effect : effects_) {
      if (effect->answered()) continue;
      ++waiter_.remaining;
      effect->wait(&waiter_);
    }
  }
  void await_resume() const noexcept {}

 private:
  std::vector<Effect*> effects_;
  Waiter waiter_;
};

/// What the shim reads after each start or resume: part 0 is a JSON array of effects, the others are bodies,
/// to which an effect's "body" member points by its index.
struct Output {
  std::vector<std::string> parts;
};

class Operation {
 public:
  /// `message` has the parts config, body and header (JSON).
  explicit Operation(Buffer message) : message_(std::move(message)) {}
  Operation(const Operation&) = delete;
  Operation& operator=(const Operation&) = delete;
  ~Operation() = default;

  void start();
  /// False where no effect of that id waits. `reply` has the parts status and body.
  bool resume(std::uint32_t effect, Buffer reply);
  [[nodiscard]] bool done() const { return task_ && task_->done(); }
  /// What was asked for since it was last taken.
  [[nodiscard]] Output take_output();

  // For ports.

  /// Begins an effect's JSON object; the caller adds members and calls end_effect().
  json::Writer& begin_effect(std::string_view kind, std::uint32_t id);
  void end_effect();
  /// Adds a body to the output and writes its index as the member "body" of the effect being written.
  void attach_body(std::string body);
  [[nodiscard]] std::uint32_t next_id() { return next_id_++; }

 private:
  friend class Effect;
  void open_outbox();

  Buffer message_;
  std::optional<std::string> header_;  // JSON array being written
  std::optional<json::Writer> writer_;
  std::vector<std::string> bodies_;
  std::vector<Effect*> waiting_;
  std::uint32_t next_id_ = 1;
  std::optional<Task<bool>> task_;  // last: its frame refers to all of the above
};

}  // namespace leadledger::app
