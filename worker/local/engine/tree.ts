// The typed tree of a statement: everything the dialect can say, and `unsupported` for what parses as
// SQL but is not part of it (the service reads those too, and names them when it refuses).

export type LiteralKind = "integer" | "double" | "string" | "boolean" | "null";

export type Expr =
  | { readonly node: "literal"; readonly kind: LiteralKind; readonly text: string }
  | { readonly node: "column"; readonly name: string }
  | { readonly node: "star" }
  | { readonly node: "unary"; readonly op: "-" | "+" | "NOT"; readonly of: Expr }
  | { readonly node: "binary"; readonly op: BinaryOp; readonly left: Expr; readonly right: Expr }
  | {
      readonly node: "between";
      readonly not: boolean;
      readonly of: Expr;
      readonly low: Expr;
      readonly high: Expr;
    }
  | { readonly node: "in"; readonly not: boolean; readonly of: Expr; readonly list: readonly Expr[] }
  | {
      readonly node: "like";
      readonly not: boolean;
      readonly fold: boolean;
      readonly of: Expr;
      readonly pattern: Expr;
    }
  | {
      readonly node: "call";
      readonly name: string;
      readonly params: readonly Expr[] | null;
      readonly args: readonly Expr[];
      readonly distinct: boolean;
    }
  | { readonly node: "extract"; readonly unit: string; readonly of: Expr }
  | { readonly node: "position"; readonly needle: Expr; readonly haystack: Expr }
  | { readonly node: "interval"; readonly count: string; readonly unit: string }
  | { readonly node: "paren"; readonly of: Expr }
  | { readonly node: "unsupported"; readonly text: string };

export type ArithmeticOp = "+" | "-" | "*" | "/" | "%";
export type ComparisonOp = "=" | "!=" | "<" | ">" | "<=" | ">=";
export type BinaryOp = ArithmeticOp | ComparisonOp | "AND" | "OR";

export interface SelectItem {
  readonly expr: Expr;
  readonly alias: string | null;
}

export interface OrderItem {
  readonly expr: Expr;
  readonly descending: boolean;
}

export type Source =
  | { readonly kind: "none" }
  | { readonly kind: "dataset"; readonly name: string }
  | { readonly kind: "subquery"; readonly select: Select };

export interface Select {
  readonly items: readonly SelectItem[];
  readonly from: Source;
  readonly where: Expr | null;
  readonly groupBy: readonly Expr[];
  readonly having: Expr | null;
  readonly orderBy: readonly OrderItem[];
  readonly limit: string | null;
  readonly offset: string | null;
  /** Clauses that SQL knows and the service does not, in the order they were read. */
  readonly unsupported: readonly string[];
}

export type Format = "JSON" | "JSONEachRow" | "TabSeparated";

export type Statement =
  | { readonly kind: "select"; readonly select: Select; readonly format: Format }
  | { readonly kind: "show"; readonly what: "TABLES" | "TIMEZONES" | "TIMEZONE"; readonly format: Format };
