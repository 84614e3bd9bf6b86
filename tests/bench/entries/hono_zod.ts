export { default } from "../peers/hono_zod/index.ts";
export { forgetSettings } from "../peers/shared/settings.ts";
