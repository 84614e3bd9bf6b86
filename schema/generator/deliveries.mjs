// What is delivered to channels, and when it is tried again.
import { camel, cppArray, cppString, header, readSchema } from "./io.mjs";

export function cppDeliveries() {
  const { channel_types, channel_topics, topics, statuses, waits_s } = readSchema("deliveries.json");
  const named = (prefix, names) =>
    names
      .map(
        (name) =>
          `inline constexpr std::string_view k${prefix}${camel(name.replaceAll(".", "_"))} = ${cppString(name)};`,
      )
      .join("\n");
  return header(
    ["array", "cstdint", "string_view"],
    `/// Kinds of channels.
enum class ChannelType : std::uint8_t { ${channel_types.join(", ")} };
${cppArray("std::string_view", "kChannelTypeNames", channel_types.map(cppString))}

/// What a channel can ask for.
${named("Takes", channel_topics)}

/// What is delivered.
${named("Topic", Object.keys(topics))}

${named("Delivery", statuses)}
${cppArray("std::string_view", "kDeliveryStatuses", statuses.map(cppString))}

/// Seconds from one attempt to the next; there is one attempt more than waits.
${cppArray("std::int64_t", "kDeliveryWaits", waits_s.map(String))}`,
  );
}
