// How long something has been going on, by the second: <span data-since="2026-…" data-now="2026-…">. `data-now` is the
// server's moment when it drew the mark: the phone's clock is asked only how long ago that was, not what time it is.
const offsets = new WeakMap(); // mark → the server's clock less the phone's, in milliseconds

function offset(mark) {
  if (!offsets.has(mark)) offsets.set(mark, mark.dataset.now ? Date.parse(mark.dataset.now) - Date.now() : 0);
  return offsets.get(mark);
}

function tick() {
  for (const mark of document.querySelectorAll("[data-since]")) {
    const passed = Date.now() + offset(mark) - Date.parse(mark.dataset.since);
    const seconds = Math.max(0, Math.floor(passed / 1000));
    mark.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
}

export function startSince() {
  tick();
  setInterval(tick, 1000);
}
