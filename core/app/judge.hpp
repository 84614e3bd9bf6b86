// From facts and a body to a verdict: the part that posting, validating and the queue have in common.
#pragma once

#include <string>

#include "core/app/access.hpp"
#include "core/app/facts.hpp"
#include "core/app/ledger_port.hpp"
#include "core/app/ports.hpp"
#include "core/intake/lead_point.hpp"
#include "core/intake/verdict.hpp"
#include "core/ledger/projects.hpp"

namespace leadledger::app {

/// What judging may ask for. It can read the ledger's settings, but is never given points or the queue.
struct JudgePorts {
  LedgerPort ledger;
  LimitPort limits;
  DigestPort digest;
  SignalPort signals;
  HttpPort http;
};

enum class RateLimiting : std::uint8_t { counted, not_counted };

/// A submission understood and judged. It is made in place and never moved while a coroutine uses it.
struct Judged {
  std::string body;  // rewritten by decoding; the form points into it
  intake::Form form;
  std::string project;
  ledger::IntakeProject intake_project;
  intake::Submission submission;
  intake::Verdict verdict;
  std::optional<Error> error;  // why it is no submission, or ledger_unavailable
  bool project_known = false;
};

/// Fills `judged` from `facts` and `judged.body`. `facts` gets the submission id and content digest of an
/// Idempotency-Key, the visitor of a trusted server, and whether the rate limit was passed. Returns whether
/// `judged.error` is empty. `config` is read where the project asks for Turnstile.
/// `access` is the key that came, or nullptr: a project beyond its reach is key_forbidden.
[[nodiscard]] Task<bool> judge(JudgePorts ports, Part config, const Access* access, RateLimiting limiting,
                               Facts& facts, Judged& judged);

}  // namespace leadledger::app
