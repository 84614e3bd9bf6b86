// Random counts, the same in every run.
#pragma once

#include <cmath>
#include <cstdint>

#include "tests/core/hostile_text.hpp"

namespace leadledger::tests {

/// Above 0, at most 1.
inline double uniform(Random& random) {
  return static_cast<double>((random.next() >> 11U) + 1) / 9007199254740992.0;
}

/// By Poisson's law: arrivals at random until the time is up.
inline std::uint64_t poisson(Random& random, double mean) {
  std::uint64_t count = 0;
  for (double at = -std::log(uniform(random)); at < mean; at -= std::log(uniform(random))) ++count;
  return count;
}

/// Of so many, each with that chance.
inline std::uint64_t binomial(Random& random, std::uint64_t of, double chance) {
  std::uint64_t count = 0;
  for (std::uint64_t i = 0; i < of; ++i) count += uniform(random) <= chance ? 1U : 0U;
  return count;
}

/// A mean that itself varies: log-normal about `mean`, by about `part` of it.
inline double varied(Random& random, double mean, double part) {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += uniform(random);
  return mean * std::exp(sum * part - part * part / 2);
}

}  // namespace leadledger::tests
