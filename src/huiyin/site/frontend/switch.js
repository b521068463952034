// The theme switch: paper ↔ ink, remembered on this device.
const dark = matchMedia("(prefers-color-scheme: dark)");

export function currentTheme() {
  return document.documentElement.dataset.theme || (dark.matches ? "ink" : "paper");
}

function announce() {
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    button.setAttribute("aria-pressed", String(currentTheme() === "ink"));
  }
  document.dispatchEvent(new CustomEvent("themechange"));
}

export function startThemeSwitch() {
  dark.addEventListener("change", announce);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-theme-switch]")) return;
    const theme = currentTheme() === "ink" ? "paper" : "ink";
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // Not remembered, still switched.
    }
    announce();
  });
  announce();
}
