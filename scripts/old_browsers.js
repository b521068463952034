// A second style sheet for browsers of 2020 (Chromium 86 in WeChat, Safari 14): they drop whatever stands in `@layer`, and
// with it everything. Layers are unwrapped in their order, `:where` becomes `:is`, the rest lightningcss spells as
// they can read it. `theme.js` asks for it where a browser knows no layers; nobody else loads it.
import { transform } from "lightningcss"; // both come with vite
import postcss from "postcss";

const YEAR_2020 = { chrome: 80 << 16, safari: 14 << 16, ios_saf: 14 << 16 };

function older(code) {
  const whole = postcss.parse(code);
  const unwrap = (layer) => (layer.nodes ? layer.replaceWith(layer.nodes) : layer.remove());
  for (let layers = 1; layers > 0; ) {
    layers = 0;
    whole.walkAtRules("layer", (layer) => {
      layers += 1;
      unwrap(layer);
    });
  }
  whole.walkRules((rule) => {
    rule.selector = rule.selector.replaceAll(":where(", ":is(");
  });
  const spelled = { filename: "old.css", code: Buffer.from(whole.toString()), minify: true, targets: YEAR_2020 };
  return transform(spelled).code;
}

export function oldBrowsers() {
  return {
    name: "old-browsers",
    enforce: "post",
    generateBundle(_options, bundle) {
      const whole = bundle["app.css"];
      if (whole) this.emitFile({ type: "asset", fileName: "old.css", source: older(whole.source) });
    },
  };
}
