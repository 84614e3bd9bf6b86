// One event shows in several dimensions: a source's leads are often those of its channel and campaign.
#pragma once

#include <vector>

#include "core/insights/find.hpp"

namespace leadledger::insights {

/// Findings of one kind and range in different dimensions, that count the same in each head and tail of each
/// window, are told once, the others named in Insight::same: the gravest, and of equal ones that of the first
/// of project, utm_campaign, source, channel, country and all submissions. Two values of one dimension are
/// never the same submissions: where they count alike, chance made them so, and each is told by itself.
/// Campaigns without hot leads and best hours stay as they are. The order is kept.
[[nodiscard]] std::vector<Insight> told_once(std::vector<Insight> found);

}  // namespace leadledger::insights
