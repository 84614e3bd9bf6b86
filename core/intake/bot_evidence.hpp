// Signs that a machine filled the form. Each has a weight in schema/reasons.json; only their sum convicts.
#pragma once

#include "core/intake/verdict.hpp"

namespace leadledger::intake {

/// Adds every sign that holds to the reasons of `verdict` and returns the sum of their weights, at most 100.
[[nodiscard]] int collect_bot_evidence(Verdict& verdict, const Submission& submission, const Signals& signals,
                                       const ProjectSettings& project);

}  // namespace leadledger::intake
