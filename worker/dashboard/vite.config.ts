import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = new URL(".", import.meta.url).pathname;

export default defineConfig({
  root: here,
  plugins: [react()],
  server: {
    // What is no page is the Worker's, as `npm start` runs it.
    proxy: Object.fromEntries(
      ["/api", "/analytics", "/healthz", "/lead.js", "/export"].map((path) => [
        path,
        { target: `http://localhost:${process.env.PORT ?? 8787}`, changeOrigin: true },
      ]),
    ),
  },
  resolve: { alias: { "~schema": new URL("../../build/generated/dashboard.ts", import.meta.url).pathname } },
  build: {
    outDir: new URL("../../build/dashboard", import.meta.url).pathname,
    manifest: true,
    emptyOutDir: true,
    target: "es2022",
    // The page's Content-Security-Policy allows no data: addresses for styles and fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    // The preload helper would add a link element for each chunk; modern browsers need only modulepreload.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
