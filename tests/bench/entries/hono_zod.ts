export { forgetSettings } from "../peers/shared/settings.ts";
export { default } from "../peers/hono_zod/index.ts";
