// How long something has been going on, by the second: <span data-since="2026-…">.
export function startSince() {
  setInterval(() => {
    for (const mark of document.querySelectorAll("[data-since]")) {
      const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(mark.dataset.since)) / 1000));
      mark.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }
  }, 1000);
}
