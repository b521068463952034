// The map and the charts are heavy: each is fetched when the first element that needs it appears.
const modules = new Map();

function load(name) {
  if (!modules.has(name)) {
    const { assetMap, assetMapStyle, assetChart } = document.documentElement.dataset;
    if (name === "map" && assetMapStyle) {
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: assetMapStyle }));
    }
    const address = name === "map" ? assetMap : assetChart;
    modules.set(name, import(/* @vite-ignore */ new URL(address, location.href).href));
  }
  return modules.get(name);
}

export function loadLazily(root) {
  for (const name of ["map", "chart"]) {
    const found = [...root.querySelectorAll(`[data-${name}]:not([data-drawn])`)];
    if (root.matches?.(`[data-${name}]:not([data-drawn])`)) found.push(root);
    for (const element of found) {
      element.dataset.drawn = "";
      load(name).then((module) => module.draw(element));
    }
  }
}
