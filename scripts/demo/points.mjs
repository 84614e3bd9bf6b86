// Demo submissions as points: one line of JSON each, as the local engine's /local/points takes them. Values
// are given by name; the slots come from the dataset's schema.

/** Returns a function from a submission to its line. */
export function pointWriter(schema) {
  const slots = (columns) => new Map(columns.map(({ name, slot }) => [name, slot - 1]));
  const [blobs, doubles] = [slots(schema.blobs), slots(schema.doubles)];

  const place = (index, values, empty) => {
    const row = Array(Math.max(...index.values()) + 1).fill(empty);
    for (const [name, value] of Object.entries(values)) {
      if (!index.has(name)) throw new Error(`the dataset ${schema.name} has no ${name}`);
      row[index.get(name)] = value;
    }
    return row;
  };

  return (visit) =>
    JSON.stringify({
      dataset: schema.name,
      timestamp: Math.floor(visit.at / 1000),
      index1: visit.project.slug,
      blobs: place(blobs, dimensions(visit), ""),
      doubles: place(doubles, measures(visit, schema.schema_version), 0),
    });
}

const hostOf = (url) => (url ? new URL(url).hostname.replace(/^www\./, "") : "");

/** Text columns of a submission's point, by name. */
export function dimensions(visit) {
  return {
    source: visit.utm.source || hostOf(visit.referer),
    referer_host: hostOf(visit.referer),
    landing_path: visit.path,
    cta: visit.cta,
    utm_source: visit.utm.source,
    utm_medium: visit.utm.medium,
    utm_campaign: visit.utm.campaign,
    utm_term: visit.utm.term,
    utm_content: visit.utm.content,
    ...visit.place,
    device: visit.browser.device,
    browser: visit.browser.browser,
    temperature: visit.temperature,
    engagement: visit.level,
    channel: visit.channel,
    reason: visit.reasons[0],
    lead_id: visit.lead?.id ?? "",
    event_type: visit.type,
  };
}

function measures(visit, version) {
  return {
    vpn: Number(visit.vpn),
    suspicious: Number(visit.suspicious),
    hot: Number(visit.hot),
    lead_score: visit.leadScore,
    bot_score: visit.botScore,
    time_on_page_s: visit.engagement.time_on_page,
    scroll_depth_pct: visit.engagement.scroll_depth,
    pages_viewed: visit.engagement.pages_viewed,
    form_seconds: visit.engagement.form_seconds,
    received_at: Math.floor(visit.at / 1000),
    schema_version: version,
  };
}
