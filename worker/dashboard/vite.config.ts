import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = new URL(".", import.meta.url).pathname;

export default defineConfig({
  root: here,
  plugins: [react()],
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
