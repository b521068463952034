// The district's big screen: its tiles again every few seconds, the server's clock, units page by page, full screen.
import "./cockpit.css";

const PATIENCE_MS = 8000;
const MARKED_MS = 5000;
const TURN_MS = 12000;
const root = document.querySelector("[data-cockpit]");
const shown = new Map(); // a tile's id → what the server last sent of it
const clock = { seconds: 0, read: 0 };
let at = "";
let turn = 0;

if (root) start();

function start() {
  const tiles = root.querySelector("[data-tiles]");
  take(tiles);
  for (const tile of tiles.querySelectorAll("[data-tile]")) shown.set(tile.id, tile.innerHTML);
  showPage();
  setInterval(tick, 1000);
  setInterval(turnPage, TURN_MS);
  setTimeout(refresh, root.dataset.every * 1000);
  document.addEventListener("keydown", onKey);
  root.addEventListener("click", onClick);
}

function take(tiles) {
  at = tiles.dataset.at;
  clock.seconds = Number(tiles.dataset.seconds);
  clock.read = performance.now();
}

function tick() {
  const seconds = Math.floor(clock.seconds + (performance.now() - clock.read) / 1000) % 86400;
  const parts = [seconds / 3600, (seconds % 3600) / 60, seconds % 60];
  root.querySelector("[data-clock]").textContent = parts.map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
}

async function refresh() {
  try {
    if (!document.hidden) draw(await ask());
  } catch {
    lost(true);
  }
  setTimeout(refresh, root.dataset.every * 1000);
}

async function ask() {
  const patience = new AbortController();
  const end = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(root.dataset.cockpit, { redirect: "manual", signal: patience.signal });
    if (!answer.ok) throw new Error(answer.status);
    return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-tiles]");
  } finally {
    clearTimeout(end);
  }
}

function lost(is) {
  const mark = root.querySelector("[data-lost]");
  const words = is ? `${mark.dataset.words} ${at}` : "";
  if (mark.textContent !== words) mark.textContent = words;
  root.classList.toggle("cockpit-stale", is);
}

function draw(fresh) {
  const tiles = root.querySelector("[data-tiles]");
  take(fresh);
  lost(false);
  tiles.className = fresh.className;
  const now = new Set();
  for (const tile of fresh.querySelectorAll("[data-tile]")) {
    now.add(tile.id);
    const old = document.getElementById(tile.id);
    if (!old) tiles.append(document.importNode(tile, true));
    else if (shown.get(tile.id) !== tile.innerHTML) replace(old, tile);
    shown.set(tile.id, tile.innerHTML);
  }
  for (const id of [...shown.keys()].filter((one) => !now.has(one))) {
    document.getElementById(id).remove();
    shown.delete(id);
  }
  showPage();
}

function replace(old, tile) {
  const before = new Map([...old.querySelectorAll("[data-figure]")].map((one) => [one.dataset.figure, one.textContent]));
  const focused = old.contains(document.activeElement) && document.activeElement.getAttribute("href");
  old.replaceChildren(...document.importNode(tile, true).childNodes);
  if (focused) old.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  for (const one of old.querySelectorAll("[data-figure]")) {
    if (!before.has(one.dataset.figure) || before.get(one.dataset.figure) === one.textContent) continue;
    one.classList.add("figure-changed");
    setTimeout(() => one.classList.remove("figure-changed"), MARKED_MS);
  }
}

// On a wide screen more units than fit are shown page by page; a phone shows all of them.
function showPage() {
  const list = root.querySelector("[data-paged]");
  const button = root.querySelector("[data-pages]");
  if (!list) return;
  const size = Number(list.dataset.paged);
  const pages = Math.ceil(list.children.length / size);
  const apart = pages > 1 && getComputedStyle(root).display === "grid";
  button.hidden = !apart;
  button.textContent = `${(turn % pages) + 1} / ${pages}`;
  [...list.children].forEach((one, nth) => {
    one.hidden = apart && Math.floor(nth / size) !== turn % pages;
  });
}

// Nobody's page is turned while they point at it or read it by keyboard.
function turnPage() {
  if (root.querySelector("#tile-units:hover, #tile-units:focus-within, #tile-units:focus")) return;
  turn += 1;
  showPage();
}

function onClick(event) {
  if (event.target.closest("[data-pages]")) {
    turn += 1;
    showPage();
  }
  if (!event.target.closest("[data-full]")) return;
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("dialog, input, textarea, select")) return;
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape" && !document.fullscreenElement && !document.querySelector("dialog[open]")) {
    location.assign(root.dataset.home);
  } else if (step && getComputedStyle(root).display === "grid") {
    event.preventDefault();
    const tiles = [...root.querySelectorAll("[data-tile]")];
    const here = tiles.findIndex((tile) => tile.contains(document.activeElement));
    tiles[here < 0 ? 0 : (here + step + tiles.length) % tiles.length].focus();
  }
}
