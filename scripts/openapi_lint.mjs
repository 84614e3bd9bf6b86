// The part "openapi" of the suite "lint": the API's description is OpenAPI 3.1, whole, and its examples are what it says.

import { createConfig, lintFromString } from "@redocly/openapi-core";
import { openapiJson } from "../schema/generator/openapi.mjs";

/** On top of what the linter asks of everybody, which is an error here too. */
const rules = {
  "component-name-unique": "error",
  "info-contact": "off", // whoever runs a Leadledger is the contact
  "no-ambiguous-paths": "off", // /api/leads/validate is no lead: a path without a variable comes first
  "no-http-verbs-in-paths": "error",
  "no-illogical-composition-keywords": "error",
  "no-invalid-media-type-examples": "error",
  "no-invalid-parameter-examples": "error",
  "no-invalid-schema-examples": "error",
  "no-path-trailing-slash": "error",
  "no-required-schema-properties-undefined": "error",
  "no-schema-type-mismatch": "error",
  "no-unused-components": "error",
  "operation-4xx-response": "off", // whether the Worker answers is told to everybody
  "operation-description": "error",
  "operation-parameters-unique": "error",
  "operation-singular-tag": "error",
  "operation-tag-defined": "error",
  "parameter-description": "error",
  "response-contains-header": {
    severity: "error",
    names: { "2xx": ["X-Request-Id"], "4xx": ["X-Request-Id"], "5xx": ["X-Request-Id"] },
  },
  "tag-description": "error",
};

/** @type {any} The types of its rules ask for each of them. */
const chosen = rules;
const config = await createConfig({ extends: ["recommended-strict"], rules: chosen });
const source = openapiJson();
const faults = await lintFromString({ source, config });
for (const { ruleId, message, location } of faults) {
  console.log(`openapi.json${location[0]?.pointer ?? ""}: ${message} (${ruleId})`);
}
const operations = Object.values(JSON.parse(source).paths).flatMap((path) => Object.keys(path));
if (operations.length === 0) console.log("the description has no operation");
if (faults.length > 0 || operations.length === 0) process.exitCode = 1;
