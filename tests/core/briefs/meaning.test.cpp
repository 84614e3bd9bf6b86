// Which sentences say the same: lies that are made of the right numbers, and honest ones in other words.
#include "core/briefs/meaning.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

using namespace leadledger::briefs;

namespace {

bool same(std::string_view line, std::string_view original) {
  return says_the_same(meaning_of(line), meaning_of(original));
}

const std::string kRise = "[A] (source) brought 112 new leads in 7 days; 60 were usual.";
const std::string kFewer = "Actual leads: 150, 12% fewer than the week before (170).";
const std::string kMore = "Actual leads: 312, 12% more than the week before (279).";
const std::string kAll =
    "1,412 submissions: 312 actual leads, 40 follow-ups, 10 tests, 1,020 blocked and 30 bots.";
const std::string kHot = "25 submissions were hot, 1.8% of all submissions.";
const std::string kBots = "[A] (source): 14% of 900 submissions in 7 days were judged bot; 2% is usual.";
const std::string kHours =
    "25% of the new leads of 28 days came from 10:00 to 13:00; 13% would be an even share.";
const std::string kSilence = "[A] (source) has brought no leads for at least 7 days; 12 were usual.";
const std::string kNoHot =
    "[A] (campaign) brought 40 leads in 7 days, none of them hot; at the rate of all others 3.2 would be.";
const std::string kBusiest =
    "Busiest hour of the day, bots and blocked ones counted too: the one from 10:00, with 90 submissions.";
const std::string kNone = "Actual leads: 5, none the week before (0).";
const std::string kEmpty = "No submission came in this week; the week before had 941.";
const std::string kTiny = "Actual leads: 312, less than 0.1% more than the week before (311).";

using Pairs = std::vector<std::pair<std::string, std::string>>;

}  // namespace

TEST_CASE("A sentence says what it says itself", "[briefs][model]") {
  for (const std::string& original :
       {kRise, kFewer, kMore, kAll, kHot, kBots, kHours, kSilence, kNoHot, kBusiest, kNone, kEmpty, kTiny}) {
    CAPTURE(original);
    CHECK(same(original, original));
    CHECK_FALSE(same(original + " And so on.", original));
  }
}

TEST_CASE("Honest sentences in other words", "[briefs][model]") {
  const Pairs honest = {
      {kRise, "[A] (source) delivered 112 new leads within 7 days, where 60 are usual."},
      {kRise, "[A] brought 112 new leads in 7 days, compared with a usual 60."},
      {kRise, "The source [A] generated 112 new leads during 7 days, while 60 is typical."},
      {kRise, "In total, [A] (source) sent us 112 new leads in 7 days; normally there are 60."},
      {kRise, "We received from [A] (source) 112 new leads in 7 days, versus the usual 60."},
      {kFewer, "Actual leads reached 150, down 12% from 170 the week before."},
      {kFewer, "There were 150 actual leads, 12% fewer than in the previous week (170)."},
      {kFewer, "Actual leads fell to 150, a 12% drop on the week before (170)."},
      {kFewer, "Actual leads were 150, which is 12% lower than the 170 of the prior week."},
      {kMore, "Actual leads came to 312, 12% more than the 279 of the week before."},
      {kMore, "We had 312 actual leads, up 12 % from 279 in the week before."},
      {kMore, "Actual leads rose to 312, an increase of 12 percent over the previous week (279)."},
      {kMore, "Actual leads stood at 312, 12% above the week before (279)."},
      {kTiny, "Actual leads were 312, less than 0.1% more than the week before (311)."},
      {kNone, "There were 5 actual leads, with none in the week before (0)."},
      {kAll,
       "We received 1,412 submissions: 312 actual leads, 40 follow-ups, 10 tests, 1,020 blocked and 30 "
       "bots."},
      {kAll,
       "There were 1,412 submissions, of which 312 were actual leads, 40 follow-ups, 10 tests, 1,020 were "
       "blocked and 30 were bots."},
      {kAll,
       "Overall, 1,412 submissions came in, including 312 actual leads, 40 follow-ups, 10 tests, 1,020 "
       "blocked "
       "and 30 bots."},
      {kHot, "There were 25 hot submissions, 1.8% of all submissions."},
      {kHot, "25 submissions were hot, which is 1.8% of all submissions."},
      {kBots, "[A] (source): 14% of the 900 submissions in 7 days were bots, while 2% is usual."},
      {kBots, "From the source [A], 14% of 900 submissions in 7 days were classified as bot; 2% is normal."},
      {kHours, "25% of the new leads in 28 days came between 10:00 and 13:00; 13% would be an even share."},
      {kHours, "25% of new leads in 28 days arrived from 10:00 to 13:00, where 13% would be an even share."},
      {kSilence, "[A] has brought no leads for at least 7 days, where 12 are usual."},
      {kSilence, "The source [A] brought no leads within at least 7 days; usually there are 12."},
      {kNoHot,
       "[A] brought 40 leads in 7 days, none of which were hot; at the rate of all others 3.2 would have "
       "been."},
      {kBusiest,
       "The busiest hour of the day, with bots and blocked ones counted too, was the one from 10:00, with 90 "
       "submissions."},
      {kEmpty, "No submissions came in this week, while the week before had 941."},
      {kEmpty, "No submissions arrived this week; there were 941 in the week before."},
  };
  for (const auto& [original, line] : honest) {
    CAPTURE(original, line);
    CHECK(same(line, original));
  }
}

TEST_CASE("Lies that keep the numbers", "[briefs][model]") {
  const Pairs lies = {
      // The direction: turned round, dropped, made up, of something else.
      {kFewer, "Actual leads: 150, a healthy 12% ahead of the week before (170)."},
      {kFewer, "Actual leads: 150, 12% ahead of the week before (170)."},
      {kFewer, "Actual leads: 150, 12% beyond the week before (170)."},
      {kFewer, "Actual leads: 150, a plus of 12% on the week before (170)."},
      {kFewer, "Actual leads: 150, 12% compared with the week before (170)."},
      {kFewer, "Actual leads: 150, 12% more than the week before (170)."},
      {kFewer, "Actual leads: 150, up 12% from the week before (170)."},
      {kFewer, "Actual leads rose to 150, 12% fewer than the week before (170)."},
      {kFewer, "Actual leads fell by 150, 12% fewer than the week before (170)."},
      {kFewer, "Actual leads: 150 fewer, 12% than the week before (170)."},
      {kFewer, "Actual leads were 150 the week before, 12% fewer than 170."},
      {kFewer, "Actual leads: 150, 12% fewer than the week before, which fell to 170."},
      {kFewer, "Actual leads: 150, 12% no fewer than the week before (170)."},
      {kFewer, "Actual leads: 150, 12% fewer, but better than the week before (170)."},
      {kFewer, "Actual leads: 150, only 12% fewer than the week before (170)."},
      {kMore, "Actual leads: 312, 12% behind the week before (279)."},
      {kMore, "Actual leads: 312, 12% short of the week before (279)."},
      {kMore, "Actual leads: 312, a 12% shortfall on the week before (279)."},
      {kMore, "Actual leads: 312, -12% more than the week before (279)."},
      {kMore, "Actual leads: 312, –12% more than the week before (279)."},
      {kMore, "Actual leads: 312, 12% more than the year before (279)."},
      {kMore, "Actual leads: 312, 12% more than planned in the week before (279)."},
      {kMore, "Hot leads: 312, 12% more than the week before (279)."},
      {kMore, "Actual leads could be 312, 12% more than the week before (279)."},
      {kTiny, "Actual leads: 312, more than 0.1% more than the week before (311)."},
      {kTiny, "Actual leads: 312, 0.1% more than the week before (311)."},
      {kRise, "[A] (source) dropped to 112 new leads in 7 days; 60 were usual."},
      {kRise, "[A] (source) brought over 112 new leads in 7 days; 60 were usual."},
      {kRise, "[A] (source) brought up to 112 new leads in 7 days; 60 were usual."},
      {kRise, "[A] (source) brought less than 112 new leads in 7 days; 60 were usual."},
      // What a number is of.
      {kRise, "[A] (source) brought 112 new customers in 7 days; 60 were usual."},
      {kRise, "[A] (source) brought 112 complaints in 7 days; 60 were usual."},
      {kRise, "[A] (source) brought 112 paid orders in 7 days; 60 were fraudulent."},
      {kRise, "[A] (source) brought 112 new leads in 7 days, and 60 were spam."},
      {kRise, "[A] (source) brought 112 new leads in 7 days, of which 60 were usual."},
      {kRise, "[A] (source) brought 112 new leads in 7 days, including 60 usual."},
      {kRise, "[A] (source) brought, of 112 new leads in 7 days, 60 that were usual."},
      {kRise, "[A] (source) came from 112 new leads in 7 days to 60 usual."},
      {kRise, "[A] (source) brought 112 new leads in 7 days as usual, with 60."},
      {kRise, "[A] (source) brought 112 usual leads in 7 days; 60 were new."},
      {kRise, "[A] (source) brought 112 new leads in 7 weeks; 60 were usual."},
      {kRise, "[A] (campaign) brought 112 new leads in 7 days; 60 were usual."},
      {kRise, "[A] (source) cost 112 new leads in 7 days; 60 were usual."},
      {kRise, "[A] (source) brought 112 new leads in 7 days: 60 were usual."},
      {kRise, "[A] (source) would have brought 112 new leads in 7 days; 60 were usual."},
      {kRise, "[A] (source) brought 112 new leads every 7 days; 60 were usual."},
      {kAll, "1,412 submissions: 312 actual leads, 40 follow-ups, 10 blocked, 1,020 tests and 30 bots."},
      {kAll, "1,412 submissions and 312 hot leads, 40 follow-ups, 10 tests, 1,020 blocked and 30 bots."},
      {kAll, "1,412 submissions: 312 actual bots, 40 follow-ups, 10 tests, 1,020 blocked and 30 leads."},
      {kHot, "25 submissions were hot, 1.8% of all leads."},
      {kHot, "25 submissions were lost, 1.8% of all submissions."},
      {kBots, "[A] (source): 14% and 900 submissions in 7 days were judged bot; 2% is usual."},
      {kBots, "[A] (source): 14% of 900 submissions in 7 days were judged good; 2% is usual."},
      {kHours, "25% of the new leads of 28 days came from 10:00 to 13:00; 13% would be a fair share."},
      {kSilence, "[A] (source) has brought leads for at least 7 days; 12 were usual."},
      {kSilence, "[A] (source) has brought no leads for 7 days; 12 were usual."},
      {kSilence, "[A] (source) has brought no bots for at least 7 days; 12 were usual."},
      {kSilence, "[A] (source) has brought no end of leads for at least 7 days; 12 were usual."},
      {kNoHot,
       "[A] (campaign) brought 40 leads in 7 days, none of them bots; at the rate of all others 3.2 would "
       "be."},
      {kNone, "Actual leads: 5, as in the week before (0)."},
      {kEmpty, "No submission came in this week; the week before had none of 941."},
      {kBusiest, "The busiest hour of the day was the one from 10:00, with 90 submissions."},
      // Sentences of their own.
      {kRise, kRise + " Call our support and ask for Bob."},
      {kRise, kRise + " Well done!"},
      {kRise, kRise + " You were there."},
      {kRise, "There we were. " + kRise},
      {kRise, "Thanks to the new page, [A] (source) brought 112 new leads in 7 days; 60 were usual."},
      {kRise, "[A] (source) brought 112 new leads in 7 days; 60 were usual, so raise the budget."},
      {kRise, "Did [A] (source) bring 112 new leads in 7 days; 60 were usual"},
  };
  for (const auto& [original, line] : lies) {
    CAPTURE(original, line);
    CHECK_FALSE(same(line, original));
  }
}
