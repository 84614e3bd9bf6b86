// Types: what goes together, and what becomes of it.
import { type Case, from } from "./cases.ts";

export const typeCases: readonly Case[] = [
  {
    rule: "if: Integer with Integer",
    accepted: `SELECT SUM(if(blob20 = 'bot', _sample_interval, 0)) AS x ${from}`,
    refused: `SELECT SUM(if(blob20 = 'bot', _sample_interval, 0.0)) AS x ${from}`,
    text: `the 2nd and 3rd arguments to IF() function must have the same type but instead had Integer and Double: if("blob20" = 'bot', "_sample_interval", 0.0)`,
  },
  {
    rule: "if: Double with Double",
    accepted: `SELECT SUM(if(blob20 = 'bot', double1 * _sample_interval, 0.0)) AS x ${from}`,
    refused: `SELECT SUM(if(blob20 = 'bot', double1, 0)) AS x ${from}`,
    text: `the 2nd and 3rd arguments to IF() function must have the same type but instead had Double and Integer: if("blob20" = 'bot', "double1", 0)`,
  },
  {
    rule: "if: no NULL",
    accepted: `SELECT if(double1 > 0, blob1, '') AS x ${from}`,
    refused: `SELECT if(double1 > 0, double1, NULL) AS x ${from}`,
    text: 'the 2nd and 3rd arguments to IF() function must have the same type but instead had Double and Null: if("double1" > 0, "double1", NULL)',
  },
  {
    rule: "if: a condition",
    accepted: `SELECT if(true, 1, 2) AS x ${from}`,
    refused: `SELECT if(1, 1, 2) AS x ${from}`,
    text: "cannot use the Integer type as argument 1 in if(1, 1, 2)",
  },
  {
    rule: "if: three arguments",
    accepted: `SELECT if(empty(blob1), 'a', 'b') AS x ${from}`,
    refused: `SELECT if(true, 1) AS x ${from}`,
    text: "IF() function must have 3 arguments: 2",
  },
  {
    rule: "Integer and Boolean",
    accepted: `SELECT sumIf(_sample_interval, double1 = 1) AS x ${from}`,
    refused: `SELECT sum(_sample_interval * (double1 = 1)) AS x ${from}`,
    text: "cannot combine the Integer and Boolean types with the * operator",
  },
  {
    rule: "DateTime and String",
    accepted: `SELECT index1 ${from} WHERE timestamp >= toDateTime('2026-09-21 00:00:00')`,
    refused: `SELECT index1 ${from} WHERE timestamp >= '2026-09-21 00:00:00'`,
    text: "cannot combine the DateTime and String types with the >= operator",
  },
  {
    rule: "DateTime and Integer",
    accepted: `SELECT index1 ${from} WHERE timestamp >= toDateTime(1790000000)`,
    refused: `SELECT index1 ${from} WHERE timestamp >= 1790000000`,
    text: "cannot combine the DateTime and Integer types with the >= operator",
  },
  {
    rule: "String and Integer",
    accepted: `SELECT index1 ${from} WHERE blob1 = '1'`,
    refused: `SELECT index1 ${from} WHERE blob1 = 1`,
    text: "cannot combine the String and Integer types with the = operator",
  },
  {
    rule: "BETWEEN of one kind",
    accepted: `SELECT index1 ${from} WHERE timestamp BETWEEN toDateTime(1790000000) AND now()`,
    refused: `SELECT index1 ${from} WHERE timestamp BETWEEN toDateTime(1790000000) AND 'x'`,
    text: "cannot combine the DateTime and String types with the <= operator",
  },
  {
    rule: "IN of one kind",
    accepted: `SELECT index1 ${from} WHERE double1 IN (0, 1.5)`,
    refused: `SELECT index1 ${from} WHERE double1 IN (0, 'a')`,
    text: "cannot combine the Double and String types with the = operator",
  },
  {
    rule: "LIKE of text",
    accepted: `SELECT index1 ${from} WHERE blob1 LIKE '%'`,
    refused: `SELECT index1 ${from} WHERE double1 LIKE '1%'`,
    text: "cannot combine the Double and String types with the LIKE operator",
  },
  {
    rule: "AND of conditions",
    accepted: `SELECT index1 ${from} WHERE true AND double1 = 1`,
    refused: `SELECT index1 ${from} WHERE true AND double1`,
    text: "cannot combine the Boolean and Double types with the AND operator",
  },
  {
    rule: "NOT a condition",
    accepted: `SELECT index1 ${from} WHERE NOT true`,
    refused: `SELECT index1 ${from} WHERE NOT double1`,
    text: 'cannot use the Double type with the NOT operator: NOT "double1"',
  },
  {
    rule: "minus a number",
    accepted: `SELECT -_sample_interval AS x ${from}`,
    refused: `SELECT -blob1 AS x ${from}`,
    text: 'cannot use the String type with the - operator: -"blob1"',
  },
  {
    rule: "a product with a Double is a Double",
    accepted: `SELECT if(true, _sample_interval * 1.0, double1) AS x ${from}`,
    refused: `SELECT if(true, _sample_interval * 1, double1) AS x ${from}`,
    text: 'the 2nd and 3rd arguments to IF() function must have the same type but instead had Integer and Double: if(true, "_sample_interval" * 1, "double1")',
  },
  {
    rule: "a quotient is a Double",
    accepted: `SELECT if(true, 1 / 2, 0.0) AS x ${from}`,
    refused: `SELECT if(true, 1 / 2, 0) AS x ${from}`,
    text: "the 2nd and 3rd arguments to IF() function must have the same type but instead had Double and Integer: if(true, 1 / 2, 0)",
  },
  {
    rule: "large doubles without a fraction are Integer",
    accepted: `SELECT if(true, 99999999999999.5, 0.0) AS x ${from}`,
    refused: `SELECT if(true, 99999999999999.0, 0.0) AS x ${from}`,
    text: "the 2nd and 3rd arguments to IF() function must have the same type but instead had Integer and Double: if(true, 99999999999999.0, 0.0)",
  },
  {
    rule: "no aggregate in an aggregate",
    accepted: `SELECT sum(double1) AS x ${from}`,
    refused: `SELECT sum(count()) AS x ${from}`,
    text: "aggregate function SUM() may not contain another: sum(count())",
  },
  {
    rule: "an interval is no column",
    accepted: "SELECT now() - INTERVAL '1' DAY AS x",
    refused: "SELECT INTERVAL '1' DAY AS x",
    text: "unsupported expression type: INTERVAL '1' DAY",
  },
];
