export * from "../peers/plain/index.ts";
export { default } from "../peers/plain/index.ts";
export { forgetSettings } from "../peers/shared/settings.ts";
