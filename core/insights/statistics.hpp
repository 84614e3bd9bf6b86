// What is usual by a few earlier values, and how far from it another value is. Plain IEEE operations and the
// square root only, so that native code and WebAssembly come to the same bits.
#pragma once

#include <cstddef>
#include <vector>

namespace leadledger::insights {

/// The middle of a few values, and their standard deviation as one estimates it who does not trust each of
/// them.
struct Usual {
  double middle = 0;  // the median
  double scale = 0;
};

/// 1.4826 times the median distance from the median (Hampel, 1974), corrected for few values (Croux and
/// Rousseeuw, 1992). Where more than half of the values are equal that is 0 whatever the others are: then
/// 1.2533 times the mean distance, as Iglewicz and Hoaglin (1993) have it. {0, 0} of no values.
[[nodiscard]] Usual usual(std::vector<double> values);

/// A value compared with earlier ones.
struct Comparison {
  double expected = 0;  // the median of the earlier ones
  double spread = 1;    // standard deviation of one more value around that median; above 0
  double strength = 0;  // distance from what was expected, in spreads; from 0 to kMostStrength
};
inline constexpr double kMostStrength = 1e6;

/// Counts. However alike the earlier ones are, the spread is at least that of chance: by Poisson's law the
/// variance of a count is the count, and `interval` times that where every point stands for so many (Horvitz
/// and Thompson, 1952); one point at least.
[[nodiscard]] Comparison compare_counts(double now, const std::vector<double>& earlier, double interval);

/// Shares, from 0 to 1; `now` is one of `of` submissions, which may be 0. The spread is at least that of
/// chance: of a binomial share, in which two more of each sort keep 0 and 1 from being certain (Agresti and
/// Coull, 1998).
[[nodiscard]] Comparison compare_shares(double now, double of, const std::vector<double>& earlier,
                                        double interval);

/// How remarkable it is that nothing came where `expected` did: the deviance residual of Poisson's law for 0,
/// which is the square root of twice the expected number; less where `scale` says that the counts spread
/// wider than by chance. From 0 to kMostStrength.
[[nodiscard]] double strength_of_none(double expected, double scale, double interval);

}  // namespace leadledger::insights
