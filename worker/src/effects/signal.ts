// signal.bot_user_agent: what the isbot library says of a user agent.

import { isBotUserAgent } from "../user_agents.ts";
import { ok, type Reply } from "./effect.ts";

export const botUserAgent = ({ user_agent }: { user_agent: string }): Reply =>
  ok("", isBotUserAgent(user_agent) ? "yes" : "no");
