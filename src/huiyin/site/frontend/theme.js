// Runs before the first paint, so that a chosen theme never flashes the other one.
{
  let chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {
    // Storage may be forbidden; the system's preference stands.
  }
  // A page for a wall is dark unless somebody chose; on a phone it is as the system is.
  const { wide } = document.documentElement.dataset;
  if (!chosen && wide && matchMedia("(min-width: 68rem)").matches) chosen = wide;
  if (chosen === "paper" || chosen === "ink") document.documentElement.dataset.theme = chosen;
  document.documentElement.classList.add("js");
  // Browsers before 2022 know no layers and would show the page without any style.
  if (!("CSSLayerBlockRule" in window)) {
    const old = { rel: "stylesheet", href: document.documentElement.dataset.assetOld };
    document.head.append(Object.assign(document.createElement("link"), old));
  }
}
