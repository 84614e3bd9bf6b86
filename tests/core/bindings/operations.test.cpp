#include "bindings/wasi/operations.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/app/message.hpp"
#include "tests/core/app/host.hpp"

using namespace leadledger;
using bindings::Operations;

namespace {

app::Buffer waiting_post() {
  return tests::make_buffer(tests::post(R"({"project":"acme","email":"ada@lovelace.uk"})").message());
}

std::string output_of(Operations& operations, std::uint32_t id) {
  std::uint32_t count = 0;
  const Operations::OutputPart* parts = operations.output(id, count);
  return parts == nullptr || count == 0 ? "(none)" : std::string(parts[0].data, parts[0].size);
}

app::Buffer reply(std::string_view status) { return tests::make_buffer(app::write_parts({status, ""})); }

}  // namespace

TEST_CASE("An operation is found by its id until it ends", "[operations]") {
  const auto operations = std::make_unique<Operations>();
  const std::uint32_t id = operations->start(waiting_post());
  CHECK(id != 0);
  CHECK(operations->size() == 1);
  CHECK(output_of(*operations, id).find("d1.batch") != std::string::npos);
  CHECK(output_of(*operations, id) == "[]");
  operations->end(id);
  CHECK(operations->size() == 0);
  CHECK(output_of(*operations, id) == "(none)");
  CHECK_FALSE(operations->resume(id, 1, reply("ok")));
  operations->end(id);
  CHECK(operations->size() == 0);
}

TEST_CASE("Ids that were never given are unknown", "[operations]") {
  const auto operations = std::make_unique<Operations>();
  const std::uint32_t id = operations->start(waiting_post());
  const auto most = static_cast<std::uint32_t>(Operations::kMost);
  for (const std::uint32_t other : {0U, id + 1, id + most, id - most, 0xFFFFFFFFU}) {
    CAPTURE(other);
    CHECK_FALSE(operations->resume(other, 1, reply("ok")));
    CHECK(output_of(*operations, other) == "(none)");
    operations->end(other);
  }
  CHECK(operations->size() == 1);
  CHECK_FALSE(operations->resume(id, 0, reply("ok")));
  CHECK_FALSE(operations->resume(id, 1, tests::make_buffer("")));
  CHECK(operations->resume(id, 1, reply("failed: down")));
}

TEST_CASE("A full table drops the operation that was left alone longest", "[operations]") {
  const auto operations = std::make_unique<Operations>();
  std::vector<std::uint32_t> ids;
  for (std::size_t at = 0; at < Operations::kMost; ++at) ids.push_back(operations->start(waiting_post()));
  CHECK(operations->size() == Operations::kMost);
  CHECK(std::set<std::uint32_t>(ids.begin(), ids.end()).size() == ids.size());
  REQUIRE(operations->resume(ids[0], 1, reply("ok")));  // not left alone
  const std::uint32_t next = operations->start(waiting_post());
  CHECK(operations->size() == Operations::kMost);
  CHECK(output_of(*operations, ids[1]) == "(none)");
  CHECK_FALSE(operations->resume(ids[1], 1, reply("ok")));
  CHECK(output_of(*operations, ids[0]) != "(none)");
  CHECK(output_of(*operations, next) != "(none)");
}

TEST_CASE("Ten thousand operations, abandoned or ended, leave no more than the table holds", "[operations]") {
  const auto operations = std::make_unique<Operations>();
  for (int round = 0; round < 10'000; ++round) {
    const std::uint32_t id = operations->start(waiting_post());
    if (id == 0) FAIL("an id of 0");
    if (round % 3 == 0) (void)operations->resume(id, 2, reply("ok pass"));
    if (round % 2 == 0) (void)output_of(*operations, id);
    if (round % 5 != 4) operations->end(id);
  }
  CHECK(operations->size() == Operations::kMost);
}
