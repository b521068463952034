import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { oldBrowsers } from "./scripts/old_browsers.js";

const source = new URL("./src/huiyin/site/frontend/", import.meta.url).pathname;

// File names are fixed: templates ask for `app.js` and {% asset %} adds a hash of its contents.
export default defineConfig({
  root: source,
  base: "./",
  publicDir: false,
  plugins: [tailwindcss(), oldBrowsers()],
  build: {
    outDir: "../static/dist",
    emptyOutDir: true,
    modulePreload: false,
    target: ["chrome80", "safari14", "firefox78"], // scripts; docs/live.md says who that is
    cssTarget: ["chrome111", "safari16.4", "firefox128"], // older ones get old.css
    assetsInlineLimit: 8192,
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      preserveEntrySignatures: "strict", // map.js and chart.js are imported by name
      checks: { eval: false }, // htmx carries one eval; htmx.config.allowEval and our CSP both forbid it
      input: Object.fromEntries(
        ["theme", "app", "map", "chart", "live", "print", "blur", "cockpit"].map((name) => [name, `${source}${name}.js`]),
      ),
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
