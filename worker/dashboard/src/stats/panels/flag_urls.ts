// Addresses of the flags, each a file of its own that is fetched when it is seen.

const files = import.meta.glob<string>("../../../../../node_modules/country-flag-icons/3x2/??.svg", {
  query: "?url",
  import: "default",
  eager: true,
});

export const flagUrls = new Map(
  Object.entries(files).map(([path, url]) => [path.slice(-"XX.svg".length, -".svg".length), url]),
);
