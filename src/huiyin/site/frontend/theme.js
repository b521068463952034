// Runs before the first paint, so that a chosen theme never flashes the other one.
{
  let chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {
    // Storage may be forbidden; the system's preference stands.
  }
  if (chosen === "paper" || chosen === "ink") document.documentElement.dataset.theme = chosen;
  document.documentElement.classList.add("js");
  // Browsers before 2022 know no layers and would show the page without any style.
  if (!("CSSLayerBlockRule" in window)) {
    const old = { rel: "stylesheet", href: document.documentElement.dataset.assetOld };
    document.head.append(Object.assign(document.createElement("link"), old));
  }
}
