// Shows /openapi.json. Nothing comes from elsewhere. For who prefers the dark, docs.css turns the colours round.

const blue = "#1f4fa8";
const fonts = "system-ui, sans-serif";
const code = "ui-monospace, monospace";

const colours = {
  colors: { primary: { main: blue }, text: { primary: "#1c2128", secondary: "#4a5360" } },
  sidebar: { backgroundColor: "#f4f6f8", textColor: "#1c2128" },
};

// Turned round, the light one is dark.
const samples = {
  light: {
    rightPanel: { backgroundColor: "#20262e", textColor: "#ffffff" },
    codeBlock: { backgroundColor: "#11161c" },
  },
  dark: {
    rightPanel: { backgroundColor: "#eceff3", textColor: "#1c2128" },
    codeBlock: { backgroundColor: "#dfe3e8" },
  },
};

function show() {
  const typography = {
    fontFamily: fonts,
    headings: { fontFamily: fonts },
    code: { fontFamily: code, color: "#a3201a", backgroundColor: "#f1f3f5" },
    links: { color: blue, visited: blue, hover: blue },
  };
  const options = {
    hideDownloadButton: false,
    expandResponses: "200,201",
    jsonSampleExpandLevel: 3,
    nativeScrollbars: true,
    sortTagsAlphabetically: false,
    theme: {
      ...colours,
      ...samples[matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"],
      typography,
    },
  };
  Redoc.init("/openapi.json", options, document.getElementById("docs"));
}

show();
