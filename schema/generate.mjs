// Makes everything that is derived from schema/: C++ headers and TypeScript constants in build/generated/,
// and the tables of docs/. Run by the build; files are rewritten only when they change, so builds stay incremental.

import { cppBriefWords } from "./generator/brief_words.mjs";
import { tsDashboard } from "./generator/dashboard.mjs";
import { cppDatasets, docsDatasets } from "./generator/datasets.mjs";
import { cppDeliveries } from "./generator/deliveries.mjs";
import { cppGlossary } from "./generator/glossary.mjs";
import { cppInsights } from "./generator/insights.mjs";
import { writeOutputs } from "./generator/io.mjs";
import { docsPrompts, llmsText } from "./generator/llms.mjs";
import { docsTools, tsMcp } from "./generator/mcp.mjs";
import { openapiExchanges, openapiJson } from "./generator/openapi.mjs";
import { cppProblems } from "./generator/problems.mjs";
import { docsDimensions, docsMetrics } from "./generator/report_docs.mjs";
import { cppReports } from "./generator/reports.mjs";
import {
  cppCompositions,
  cppDisposableDomains,
  cppHostingNetworks,
  cppPhoneCountries,
} from "./generator/tables.mjs";
import { docsFields, docsVerdicts } from "./generator/verdict_docs.mjs";
import {
  cppEnums,
  cppFields,
  cppLimits,
  cppReasons,
  cppRequestFacts,
  cppRules,
  tsConstants,
} from "./generator/vocabulary.mjs";

writeOutputs({
  "build/generated/leadledger/brief_words.hpp": cppBriefWords(),
  "build/generated/leadledger/datasets.hpp": cppDatasets(),
  "build/generated/leadledger/deliveries.hpp": cppDeliveries(),
  "build/generated/leadledger/enums.hpp": cppEnums(),
  "build/generated/leadledger/fields.hpp": cppFields(),
  "build/generated/leadledger/glossary.hpp": cppGlossary(),
  "build/generated/leadledger/insights.hpp": cppInsights(),
  "build/generated/leadledger/limits.hpp": cppLimits(),
  "build/generated/leadledger/problems.hpp": cppProblems(),
  "build/generated/leadledger/reasons.hpp": cppReasons(),
  "build/generated/leadledger/request_facts.hpp": cppRequestFacts(),
  "build/generated/leadledger/reports.hpp": cppReports(),
  "build/generated/leadledger/rules.hpp": cppRules(),
  "build/generated/leadledger/compositions.hpp": cppCompositions(),
  "build/generated/leadledger/disposable_domains.hpp": cppDisposableDomains(),
  "build/generated/leadledger/hosting_networks.hpp": cppHostingNetworks(),
  "build/generated/leadledger/phone_countries.hpp": cppPhoneCountries(),
  "build/generated/llms.txt": llmsText(),
  "build/generated/schema.ts": tsConstants(),
  "build/generated/dashboard.ts": tsDashboard(),
  "build/generated/mcp.ts": tsMcp(),
  "build/generated/openapi.json": openapiJson(),
  "build/generated/openapi_exchanges.json": openapiExchanges(),
  "docs/datasets.md": docsDatasets(),
  "docs/verdicts.md": docsVerdicts(),
  "docs/api/dimensions.md": docsDimensions(),
  "docs/api/prompts.md": docsPrompts(),
  "docs/api/metrics.md": docsMetrics(),
  "docs/api/mcp_tools.md": docsTools(),
  "docs/api/fields.md": docsFields(),
});
