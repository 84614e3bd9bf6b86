// The module's ABI, played by a hostile shim: operations start with headers around fuzzed content, are
// resumed with replies right and wrong in any order, and are dropped at any point. Nothing may crash or leak,
// and every output must be what the shim reads: a JSON list of effects and the bodies they point to.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/facts.hpp"
#include "core/app/message.hpp"
#include "core/support/json.hpp"
#include "core/support/json_writer.hpp"
#include "core/support/text.hpp"
#include "leadledger/request_facts.hpp"

extern "C" {
std::uint32_t abi_version();
char* buf_new(std::uint32_t size);
void buf_free(char* data);
std::uint32_t op_start(char* message, std::uint32_t size);
std::uint32_t op_resume(std::uint32_t id, std::uint32_t effect, char* reply, std::uint32_t size);
std::uint32_t op_output(std::uint32_t id);
const void* op_output_parts(std::uint32_t id);
void op_end(std::uint32_t id);
std::uint32_t op_count();
}

namespace {

using namespace leadledger;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

/// Gives out the fuzzer's bytes bit by bit; zeros once they are used up.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size)
      : rest_(reinterpret_cast<const char*>(data), size) {}  // NOLINT
  [[nodiscard]] bool empty() const { return rest_.empty(); }
  std::uint8_t next() {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }
  std::string_view raw() {
    const std::size_t size = std::min<std::size_t>(rest_.size(), std::size_t{next()} * 4);
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  /// Well-formed text, since a header is JSON.
  std::string text() {
    const std::string_view bytes = raw();
    return text::is_utf8(bytes) ? std::string(bytes) : text::to_hex(bytes);
  }
  template <std::size_t N>
  std::string_view pick(const std::string_view (&list)[N]) {  // NOLINT: a list of literals
    return list[next() % N];
  }

 private:
  std::string_view rest_;
};

constexpr std::string_view kOccasions[] = {"http", "http", "http", "queue", "queue", "schedule"};
constexpr std::string_view kQueues[] = {"leadledger-leads", "leadledger-leads-dead", "leadledger-deliveries",
                                        "leadledger-deliveries", "leadledger-deliveries-dead"};
constexpr std::string_view kCrons[] = {schema::kSweepCron, schema::kWatchCron, ""};
constexpr std::string_view kMethods[] = {"POST", "POST", "GET", "DELETE", "PATCH", "OPTIONS", "HEAD", "PUT"};
constexpr std::string_view kPaths[] = {"/api/leads",
                                       "/api/leads",
                                       "/api/leads/validate",
                                       "/api/leads/lead_1",
                                       "/api/submissions",
                                       "/api/admin/projects",
                                       "/api/admin/projects/acme",
                                       "/api/admin/blocked-ips",
                                       "/api/admin/blocked-ips/blk_1",
                                       "/api/admin/channels",
                                       "/api/admin/channels/hook/test",
                                       "/api/admin/deliveries",
                                       "/api/admin/deliveries/dlv_1/retry",
                                       "/api/submissions/sub_1/correction",
                                       "/api/session",
                                       "/api/alerts",
                                       "/api/briefs",
                                       "/api/briefs/brief_1",
                                       "/api/briefs/preview",
                                       "/analytics/lead-stats",
                                       "/analytics/lead-stats/summary",
                                       "/analytics/insights",
                                       "/meta/metrics",
                                       "/mcp",
                                       "/healthz",
                                       ""};
constexpr std::string_view kQueries[] = {"",
                                         "?limit=2",
                                         "?format=ndjson",
                                         "?email=a@b.co",
                                         "?cursor=c1",
                                         "?days=7&timezone=Europe/Berlin",
                                         "?days=30&group_by=country&bucket=day&compare=previous",
                                         "?days=1&explain=1",
                                         "?"};
constexpr std::string_view kTypes[] = {"application/json", "application/x-www-form-urlencoded",
                                       "multipart/form-data; boundary=x", "text/plain"};
constexpr std::string_view kNames[] = {"origin",      "idempotency-key", "user-agent",  "cf-connecting-ip",
                                       "x-lead-test", "accept",          "content-type"};
// The first is as long as a real one, or it could sign no session.
constexpr std::string_view kDigests[] = {
    "", "", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "cccc", "zzzz"};
// Good where the signature's reply is the same 64 digits.
constexpr std::string_view kCookie =
    "__Host-leadledger_session=v1.k1.1795250000."
    "1111111111111111111111111111111122222222222222222222222222222222";
constexpr std::string_view kConfig =
    R"({"api_keys":[{"id":"k1","digest":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","role":"admin","projects":["*"]},{"digest":"cccc","role":"admin","projects":["acme"]}],)"
    R"("webhooks":[{"id":"hook","type":"webhook","url":"https://a.example/","secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",)"
    R"("projects":["*"],"topics":["brief","alert"],"quiet_hours":{"from":"22:00","to":"07:00","timezone":"UTC"}},)"
    R"({"id":"team","type":"slack","url":"http://a.example/","projects":["acme"],"topics":["alert"]}]})";
constexpr std::string_view kBodies[] = {
    R"({"project":"acme","email":"ada@lovelace.uk","name":"Ada","redirect":"/x","page":"https://a.co/?utm_source=b"})",
    R"({"project":"acme","phone":"+919812345678","visitor":{"ip":"192.0.2.1","user_agent":"x"},"cf-turnstile-response":"t"})",
    "project=acme&email=a%40b.co&redirect=%2Fthanks&budget=5k",
    R"({"slug":"acme","name":"Acme","allowed_origins":["*"]})", R"({"cidr":"192.0.2.0/24"})"};
constexpr std::string_view kStatuses[] = {"ok",
                                          "ok",
                                          "ok",
                                          "ok pass",
                                          "ok over",
                                          "ok end",
                                          "ok more",
                                          "ok yes",
                                          "ok 200 0",
                                          "ok 429 60",
                                          "ok 410 0",
                                          "timeout",
                                          "failed: down",
                                          "",
                                          "okay",
                                          "ok hit",
                                          "ok miss",
                                          "ok 200 end 5 0",
                                          "ok 200 more 5 0",
                                          "ok end 5",
                                          "ok 200 application/json"};
// The attempt is the third UUID, so such a row is the operation's own.
constexpr std::string_view kReplies[] = {
    R"([[{"settings":"{\"allowed_origins\":[\"*\"],\"turnstile_secret\":\"TURNSTILE_SECRET\"}","blocked":null}]])",
    R"([[{"settings":"{\"bot_response\":\"reject\"}","blocked":"x"}]])",
    "[[]]",
    "[]",
    "",
    R"([[],[],[{"event_type":"follow_up","lead_id":"lead_1","attempt":"c","status":201,"reasons":"[]"}]])",
    R"([[{"event_type":"bot","attempt":"other","status":422,"reasons":"[{\"code\":\"gibberish\",\"detail\":\"x\"}]"}]])",
    R"([[{"id":5,"lead_id":"lead_1","project":"acme","context":"{\"a\":1}","reasons":"[]","received_at":5}],[{"id":4}]])",
    R"({"success":false,"error-codes":["x"]})",
    R"([[],[{"id":1}],[{"id":1,"delivery_id":"dlv_1","channel":"hook","topic":"test","scope":"[\"*\"]","status":"pending","attempts":1,"due_at":5,"body":"{}"}]])",
    R"([[],[{"id":1,"delivery_id":"dlv_1","channel":"team","topic":"alert.opened","scope":"[\"acme\"]","status":"dead","attempts":9,"body":"{}"}]])",
    R"({"offset":0,"transitions":[]})",
    "1111111111111111111111111111111122222222222222222222222222222222",
    "aGVsbG8gd29ybGQ=",
    R"({"meta":[{"name":"n","type":"UInt64"}],"data":[{"n":"5"}],"rows":1})"};

std::string start_message(Bytes& bytes) {
  std::string header;
  json::Writer writer(header);
  writer.begin_object();
  const std::string_view occasion = bytes.pick(kOccasions);
  writer.member("occasion", occasion);
  writer.member("queue", bytes.pick(kQueues));
  writer.member("cron", bytes.pick(kCrons));
  writer.member("attempts", std::int64_t{bytes.next()});
  writer.member("now", std::int64_t{1'795'248'000'000});
  writer.key("random");
  writer.begin_array();
  for (const std::string_view uuid : {"a", "b", "c", "d"}) writer.text(uuid);
  writer.end_array();
  writer.member("method", bytes.pick(kMethods));
  const bool own_url = bytes.next() % 8 == 0;
  writer.member("url", own_url ? bytes.text()
                               : "https://l.example" + std::string(bytes.pick(kPaths)) +
                                     std::string(bytes.pick(kQueries)));
  writer.member("key_digest", bytes.pick(kDigests));
  const std::uint8_t bits = bytes.next();
  writer.member("bot_user_agent", (bits & 1U) != 0);
  writer.member("body_partial", (bits & 2U) != 0);
  writer.key("headers");
  writer.begin_object();
  writer.member("content-type", bytes.pick(kTypes));
  for (std::uint8_t left = bytes.next() % 4; left > 0; --left)
    writer.member(bytes.pick(kNames), bytes.text());
  if ((bits & 64U) != 0) writer.member("cookie", kCookie);
  writer.end_object();
  writer.key("cf");
  writer.begin_object();
  for (const std::string_view name : {"country", "city", "asOrganization"}) writer.member(name, bytes.text());
  writer.member("asn", std::int64_t{bytes.next()} * 1000);
  writer.end_object();
  writer.end_object();
  writer.finish();
  const bool own_config = (bits & 4U) != 0;
  const bool own_body = (bits & 8U) != 0;
  const std::string config(own_config ? bytes.raw() : kConfig);
  std::string body(own_body ? bytes.raw() : bytes.pick(kBodies));
  if (occasion != "http" && (bits & 16U) != 0) {
    app::Facts facts;
    facts.submission_id = bytes.text();
    facts.attempt = "before";
    facts.content_type = bytes.pick(kTypes);
    facts.ip = bytes.text();
    facts.trusted = (bits & 32U) != 0;
    body = app::pack(facts, body);
  }
  return app::write_parts({config, body, header});
}

char* owned(std::string_view message) {
  char* data = buf_new(static_cast<std::uint32_t>(message.size()));
  if (!message.empty()) std::memcpy(data, message.data(), message.size());
  return data;
}

struct Waiting {
  std::uint32_t operation;
  std::uint32_t effect;
};

/// Reads what an operation asked for, as the shim does.
void read_output(std::uint32_t id, std::vector<Waiting>& waiting) {
  struct Part {
    const char* data;
    std::uint32_t size;
  };
  const std::uint32_t count = op_output(id);
  require(count > 0);
  const auto* parts = static_cast<const Part*>(op_output_parts(id));
  require(parts != nullptr);
  std::string text(parts[0].data, parts[0].size);
  const auto document = json::Document::parse(text);
  if (!document.has_value() || !document->root().is(json::Kind::array)) {
    (void)std::fwrite(parts[0].data, 1, parts[0].size, stderr);
    require(false);
  }
  for (const json::Value effect : document->root().items()) {
    require(!effect["effect"].string().empty());
    require(effect["body"].integer(0) < count);
    if (effect["effect"].string() == "respond") {
      require(effect["status"].integer(0) >= 200 && effect["status"].integer(0) < 600);
    }
    std::size_t blob_bytes = 0;
    for (const json::Value blob : effect["point"]["blobs"].items()) blob_bytes += blob.string().size();
    require(blob_bytes <= 16'000);
    const std::int64_t number = effect["id"].integer(-1);
    require(number >= 0);
    if (number > 0) waiting.push_back({id, static_cast<std::uint32_t>(number)});
  }
}

std::string reply_message(Bytes& bytes) {
  const std::uint8_t bits = bytes.next();
  if (bits % 8 == 0) return std::string(bytes.raw());
  const std::string status(bits % 8 == 1 ? std::string(bytes.raw()) : std::string(bytes.pick(kStatuses)));
  const std::string body(bits % 8 == 2 ? std::string(bytes.raw()) : std::string(bytes.pick(kReplies)));
  return app::write_parts({status, body});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  require(abi_version() == 1);
  Bytes bytes(data, size);
  std::vector<std::uint32_t> running;
  std::vector<Waiting> waiting;
  for (int actions = 0; actions < 64 && !bytes.empty(); ++actions) {
    const std::uint8_t action = bytes.next() % 16;
    if (action < 4 || running.empty()) {
      const std::string message = start_message(bytes);
      running.push_back(op_start(owned(message), static_cast<std::uint32_t>(message.size())));
      read_output(running.back(), waiting);
    } else if (action < 12 && !waiting.empty()) {
      const std::size_t at = bytes.next() % waiting.size();
      const Waiting one = waiting[at];
      const std::string message = reply_message(bytes);
      if (op_resume(one.operation, one.effect, owned(message), static_cast<std::uint32_t>(message.size())) !=
          0) {
        waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(at));
      }
      read_output(one.operation, waiting);
    } else if (action == 12) {
      const std::string message = reply_message(bytes);
      const std::uint32_t id = bytes.next() % 2 == 0 ? running.front() : bytes.next();
      op_resume(id, bytes.next(), owned(message), static_cast<std::uint32_t>(message.size()));
      waiting.clear();  // it may have answered any of them
    } else if (action == 13) {
      buf_free(owned("never given up"));
    } else {
      const std::uint32_t id = running[bytes.next() % running.size()];
      op_end(id);
      require(op_output(id) == 0 && op_output_parts(id) == nullptr);
      std::erase(running, id);
      std::erase_if(waiting, [&](const Waiting& one) { return one.operation == id; });
    }
  }
  for (const std::uint32_t id : running) op_end(id);
  require(op_count() == 0);
  return 0;
}
