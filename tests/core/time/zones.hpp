// Time zones whose clocks did everything that clocks do, as Intl of Node 24 (tzdata 2026c) has them, each for
// a window of time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/support/rfc3339.hpp"
#include "core/time/zone.hpp"

namespace leadledger::tests {

struct KnownZone {
  std::string_view name;
  std::int64_t from_s;  // the window
  std::int64_t to_s;
  std::int64_t first_offset_s;
  std::vector<time::Transition> transitions;

  [[nodiscard]] time::Zone zone() const { return {std::string(name), first_offset_s, transitions}; }
};

inline const std::vector<KnownZone>& known_zones() {
  static const std::vector<KnownZone> zones = {
      {"America/New_York",
       1685577600,
       1811808000,
       -14400,
       {{1699164000, -18000},
        {1710054000, -14400},
        {1730613600, -18000},
        {1741503600, -14400},
        {1762063200, -18000},
        {1772953200, -14400},
        {1793512800, -18000},
        {1805007600, -14400}}},  // 02:00 -> 03:00 and back
      {"Europe/London",
       1685577600,
       1811808000,
       3600,
       {{1698541200, 0},
        {1711846800, 3600},
        {1729990800, 0},
        {1743296400, 3600},
        {1761440400, 0},
        {1774746000, 3600},
        {1792890000, 0},
        {1806195600, 3600}}},                                                 // 01:00 UTC
      {"Asia/Kolkata", 1685577600, 1811808000, 19800, {}},                    // no change
      {"Asia/Kathmandu", 486432000, 536457600, 19800, {{504901800, 20700}}},  // +05:30 -> +05:45
      {"Australia/Lord_Howe",
       1704067200,
       1798761600,
       39600,
       {{1712415600, 37800},
        {1728142200, 39600},
        {1743865200, 37800},
        {1759591800, 39600},
        {1775314800, 37800},
        {1791041400, 39600}}},  // half an hour
      {"Asia/Beirut",
       1672531200,
       1735689600,
       7200,
       {{1679781600, 10800},
        {1698526800, 7200},
        {1711836000, 10800},
        {1729976400, 7200}}},  // midnight skipped, 24:00 -> 23:00
      {"Africa/Cairo",
       1672531200,
       1735689600,
       7200,
       {{1682632800, 10800},
        {1698354000, 7200},
        {1714082400, 10800},
        {1730408400, 7200}}},  // midnight skipped, 24:00 -> 23:00
      {"America/Santiago",
       1672531200,
       1735689600,
       -10800,
       {{1680404400, -14400},
        {1693713600, -10800},
        {1712458800, -14400},
        {1725768000, -10800}}},  // 24:00 -> 01:00 and back
      {"America/Havana",
       1672531200,
       1735689600,
       -18000,
       {{1678597200, -14400},
        {1699160400, -18000},
        {1710046800, -14400},
        {1730610000, -18000}}},  // midnight skipped, 01:00 -> 00:00
      {"Atlantic/Azores",
       1672531200,
       1735689600,
       -3600,
       {{1679792400, 0},
        {1698541200, -3600},
        {1711846800, 0},
        {1729990800, -3600}}},  // midnight skipped, 01:00 -> 00:00
      {"America/Asuncion",
       1672531200,
       1735689600,
       -10800,
       {{1679799600, -14400},
        {1696132800, -10800},
        {1711249200, -14400},
        {1728187200, -10800}}},  // stays on summer time since 2024
      {"Pacific/Apia",
       1306886400,
       1354320000,
       -39600,
       {{1316872800, -36000},
        {1325239200, 50400},
        {1333202400, 46800},
        {1348927200, 50400}}},                                                    // 2011-12-30 never was
      {"Pacific/Kwajalein", 738892800, 754704000, -43200, {{745934400, 43200}}},  // 1993-08-21 never was
      {"America/Juneau",
       -3237321600,
       -3218832000,
       54139,
       {{-3225223727, -32261}}},  // a date twice, offsets with seconds
      {"America/Caracas", 1451606400, 1480550400, -16200, {{1462086000, -14400}}},  // -04:30 -> -04:00
      {"Asia/Pyongyang",
       1420070400,
       1543622400,
       32400,
       {{1439564400, 30600}, {1525446000, 32400}}},  // +09:00 -> +08:30 -> +09:00
      {"Europe/Volgograd",
       1514764800,
       1622505600,
       10800,
       {{1540681200, 14400}, {1609020000, 10800}}},  // +03 -> +04 -> +03
      {"Antarctica/Casey",
       1451606400,
       1704067200,
       28800,
       {{1477065600, 39600},
        {1520701200, 28800},
        {1538856000, 39600},
        {1552752000, 28800},
        {1570129200, 39600},
        {1583596800, 28800},
        {1601740860, 39600},
        {1615640400, 28800},
        {1633190460, 39600},
        {1647090000, 28800},
        {1664640060, 39600},
        {1678291200, 28800}}},  // steps of three hours
      {"Antarctica/Troll",
       1704067200,
       1767225600,
       0,
       {{1711846800, 7200}, {1729990800, 0}, {1743296400, 7200}, {1761440400, 0}}},  // two hours
      {"America/St_Johns",
       1117584000,
       1180656000,
       -9000,
       {{1130639460, -12600},
        {1143948660, -9000},
        {1162089060, -12600},
        {1173583860, -9000}}},                                          // 00:01 -> 23:01
      {"Africa/Monrovia", 31536000, 94694400, -2670, {{63593070, 0}}},  // -00:44:30 -> 00:00
      {"Africa/Casablanca",
       1672531200,
       1735689600,
       3600,
       {{1679191200, 0}, {1682215200, 3600}, {1710036000, 0}, {1713060000, 3600}}},  // off for Ramadan
  };
  return zones;
}

inline time::Zone zone_named(std::string_view name) {
  for (const KnownZone& known : known_zones()) {
    if (known.name == name) return known.zone();
  }
  return {"unknown", 0, {}};
}

/// Unix seconds of RFC 3339 text.
inline std::int64_t at(std::string_view text) { return parse_rfc3339(text).value() / 1000; }

/// What the local clock of the zone shows.
inline std::string shown(const time::Zone& zone, std::int64_t instant) {
  std::string out;
  append_rfc3339_local(out, instant, zone.offset_at(instant));
  return out;
}

}  // namespace leadledger::tests
