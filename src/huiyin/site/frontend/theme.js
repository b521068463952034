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
}
