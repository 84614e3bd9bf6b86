// What a link asks for and a page cannot show.

import { formatList } from "../format.ts";

/** Added by mails, advertisements and measuring tools to every link that they lead over: nobody asks for anything by them. */
const clickIds = new Set(
  (
    "gclid gclsrc gbraid wbraid dclid gad_source gad_campaignid srsltid _ga _gl utm_id fbclid igsh igshid msclkid " +
    "ttclid twclid li_fat_id yclid ysclid mc_cid mc_eid _hsenc _hsmi mkt_tok _kx vero_id epik rdt_cid ScCid"
  ).split(" "),
);

/** Whether a parameter that a page does not know is worth a word. */
export const isAsked = (name: string): boolean => !clickIds.has(name);

/** `dropped`: parameters as the link has them. */
export const droppedText = (dropped: readonly string[]): string =>
  `The link also asks for ${formatList(dropped)}, which ${dropped.length === 1 ? "is not known; it was" : "are not known; they were"} left out.`;
