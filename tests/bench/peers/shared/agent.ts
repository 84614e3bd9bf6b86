// Device and browser of a user agent. The first mark found decides, so the order is the rule.

const browsers: [mark: string, browser: string][] = [
  ["Instagram", "instagram"],
  ["FBAN/", "facebook"],
  ["FBAV/", "facebook"],
  ["FB_IAB/", "facebook"],
  ["LinkedInApp", "linkedin"],
  ["musical_ly", "tiktok"],
  ["BytedanceWebview", "tiktok"],
  ["TikTok", "tiktok"],
  ["Pinterest/", "pinterest"],
  ["Snapchat", "snapchat"],
  ["Twitter", "twitter"],
  ["WhatsApp", "whatsapp"],
  ["MicroMessenger", "wechat"],
  [" Line/", "line"],
  ["GSA/", "google_app"],
  ["Edg/", "edge"],
  ["EdgA/", "edge"],
  ["EdgiOS/", "edge"],
  ["Edge/", "edge"],
  ["OPR/", "opera"],
  ["OPT/", "opera"],
  ["OPiOS/", "opera"],
  ["Opera", "opera"],
  ["SamsungBrowser/", "samsung_internet"],
  ["YaBrowser/", "yandex"],
  ["Vivaldi/", "vivaldi"],
  ["DuckDuckGo/", "duckduckgo"],
  ["Ddg/", "duckduckgo"],
  ["UCBrowser/", "uc_browser"],
  ["UBrowser/", "uc_browser"],
  ["MiuiBrowser/", "mi_browser"],
  ["HuaweiBrowser/", "huawei_browser"],
  ["Silk/", "silk"],
  ["CriOS/", "chrome"],
  ["FxiOS/", "firefox"],
  ["Focus/", "firefox"],
  ["Firefox/", "firefox"],
  ["; wv)", "webview"],
  ["HeadlessChrome/", "chrome"],
  ["Chrome/", "chrome"],
  ["Chromium/", "chrome"],
  ["MSIE ", "internet_explorer"],
  ["Trident/", "internet_explorer"],
  ["Safari/", "safari"],
];

export function browserOf(agent: string): string {
  for (const [mark, browser] of browsers) if (agent.includes(mark)) return browser;
  const apple = /iPhone|iPad|Macintosh/.test(agent);
  return apple && agent.includes("AppleWebKit/") ? "webview" : "other";
}

const tablet = /iPad|Tablet|Kindle|Silk\/|PlayBook|SM-T/;
const mobile = /Mobi|iPhone|iPod|Windows Phone|BlackBerry|BB10|Opera Mini/;
const desktop = /Windows NT|Macintosh|CrOS|X11|Linux x86_64/;

export function deviceOf(agent: string): string {
  if (tablet.test(agent) && !agent.includes("Tablet PC")) return "tablet";
  if (mobile.test(agent)) return "mobile";
  if (agent.includes("Android")) return agent.includes("TV") ? "other" : "tablet";
  return desktop.test(agent) ? "desktop" : "other";
}
