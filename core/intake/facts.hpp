// All that a submission is judged by, beside its body: what the request told, or a queue message that kept
// it.
//
// A submission that could not be kept at once goes to the queue with its facts and its raw body, and is
// judged again from these by the same code, so nothing about it may be read from anywhere else.
#pragma once

#include <cstdint>
#include <string>

#include "core/intake/verdict.hpp"

namespace leadledger::intake {

struct Facts {
  std::string submission_id;  // random, unless an Idempotency-Key says otherwise
  std::string lead_id;        // should this be a new person
  std::string attempt;        // marks the row as ours
  std::string claimed_from;   // the attempt of the request that went to the queue; "" outside the queue
  std::int64_t received_at_ms = 0;
  std::string content_type;
  std::string origin;  // the Origin header, "" where none or null
  std::string idempotency_key;
  std::string content_digest;  // "" without an Idempotency-Key
  bool trusted = false;        // came with an admin key
  bool test_header = false;
  bool rate_limited = false;
  TurnstileOutcome turnstile = TurnstileOutcome::not_asked;

  // The visitor.
  std::string ip;
  std::string user_agent;
  std::string country;
  std::string region;
  std::string city;
  std::uint32_t asn = 0;
  std::string as_organization;
  int cloudflare_bot_score = 0;
  bool bot_user_agent = false;
  bool browser_headers_missing = false;

  [[nodiscard]] Visitor visitor() const {
    return {ip, user_agent, country, region, city, asn, as_organization};
  }
};

}  // namespace leadledger::intake
