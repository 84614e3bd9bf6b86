/** What build.mjs makes, where it has not been made yet; check.ts says what it is. */
declare module "*/build/openapi/validators.mjs";
