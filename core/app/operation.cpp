#include "core/app/operation.hpp"

#include <algorithm>

#include "core/app/router.hpp"
#include "core/support/text.hpp"

namespace leadledger::app {

Effect::Effect(Operation& operation, std::uint32_t id) : operation_(operation), id_(id) {
  operation_.waiting_.push_back(this);
}

Effect::Effect(Effect&& other) noexcept
    : operation_(other.operation_),
      id_(other.id_),
      answered_(other.answered_),
      reply_(std::move(other.reply_)) {
  auto& waiting = operation_.waiting_;
  std::replace(waiting.begin(), waiting.end(), &other, this);
}

Effect::~Effect() {
  auto& waiting = operation_.waiting_;
  waiting.erase(std::remove(waiting.begin(), waiting.end(), this), waiting.end());
}

void Effect::answer(Reply reply) {
  reply_ = std::move(reply);
  answered_ = true;
  if (waiter_ == nullptr) return;
  Waiter& waiter = *waiter_;
  waiter_ = nullptr;
  if (--waiter.remaining == 0) waiter.handle.resume();
}

void Operation::start() {
  constexpr std::uint32_t kParts = 3;
  auto parts = read_parts(message_.data(), message_.size(), kParts);
  if (!parts) __builtin_trap();  // only the shim writes this message
  task_.emplace(serve(*this, (*parts)[0], (*parts)[1], (*parts)[2]));
  task_->start();
}

bool Operation::resume(std::uint32_t effect, Buffer reply) {
  const auto found = std::find_if(waiting_.begin(), waiting_.end(),
                                  [&](const Effect* waiting) { return waiting->id() == effect; });
  constexpr std::uint32_t kParts = 2;
  auto parts = read_parts(reply.data(), reply.size(), kParts);
  if (found == waiting_.end() || !parts) return false;
  Effect& waiting = **found;
  waiting_.erase(found);
  Reply answer;
  std::string_view status = (*parts)[0].view();
  if (!text::is_utf8(status)) status = {};  // a failure: what is no text must not go on into JSON
  answer.ok = status.starts_with("ok");
  if (answer.ok) status.remove_prefix(status.size() > 2 ? 3 : 2);
  answer.status = status;
  answer.body = (*parts)[1];
  answer.storage = std::move(reply);
  waiting.answer(std::move(answer));
  return true;
}

Output Operation::take_output() {
  Output output;
  if (writer_) {
    writer_->end_array();
    writer_->finish();
    writer_.reset();
  }
  output.parts.reserve(bodies_.size() + 1);
  output.parts.push_back(header_ ? std::move(*header_) : std::string("[]"));
  for (std::string& body : bodies_) output.parts.push_back(std::move(body));
  header_.reset();
  bodies_.clear();
  return output;
}

void Operation::open_outbox() {
  if (writer_) return;
  constexpr std::size_t kUsualBytes = 4096;
  header_.emplace();
  header_->resize(kUsualBytes);
  header_->clear();
  writer_.emplace(*header_);
  writer_->begin_array();
}

json::Writer& Operation::begin_effect(std::string_view kind, std::uint32_t id) {
  open_outbox();
  writer_->begin_object();
  writer_->member("effect", kind);
  writer_->member("id", static_cast<std::int64_t>(id));
  return *writer_;
}

void Operation::end_effect() { writer_->end_object(); }

void Operation::attach_body(std::string body) {
  bodies_.push_back(std::move(body));
  writer_->member("body", static_cast<std::int64_t>(bodies_.size()));
}

}  // namespace leadledger::app
