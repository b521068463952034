// Keys for people who do this all day. `data-key="a"` on a link, button or field; j/k walk the rows; ? lists them all.
const TYPING = "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable]";

function visible(element) {
  return element.checkVisibility?.() ?? element.offsetParent !== null;
}

function walk(step) {
  const rows = [...document.querySelectorAll(".case-row")].filter(visible);
  if (!rows.length) return;
  const focused = rows.indexOf(document.activeElement?.closest(".case-row"));
  const at = focused >= 0 ? focused : rows.findIndex((row) => row.matches("[aria-current]"));
  const row = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  row.focus();
  row.scrollIntoView({ block: "nearest" });
}

function use(element) {
  if (element.matches(TYPING)) {
    element.focus();
    element.select?.();
  } else element.click();
}

function showShortcuts() {
  const dialog = document.getElementById("shortcuts");
  if (!dialog || dialog.open) return;
  const list = dialog.querySelector("[data-page-keys]");
  const seen = new Set();
  const rows = [];
  for (const element of document.querySelectorAll("[data-key]")) {
    const { key, keyLabel } = element.dataset;
    if (seen.has(key) || !visible(element)) continue;
    seen.add(key);
    const row = document.createElement("div");
    const label = document.createElement("dt");
    const kbd = document.createElement("kbd");
    const cell = document.createElement("dd");
    label.textContent = keyLabel || element.getAttribute("aria-label") || element.textContent.replace(/\s+/g, " ").trim();
    kbd.textContent = key;
    kbd.className = "kbd kbd-sm";
    cell.append(kbd);
    row.append(label, cell);
    rows.push(row);
  }
  list.replaceChildren(...rows);
  dialog.showModal();
}

export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = document.activeElement?.form ?? document.activeElement?.closest("form");
      if (form) {
        event.preventDefault();
        const submit = form.querySelector("[data-submit]") ?? form.querySelector("[type=submit], button:not([type])");
        if (submit) submit.click();
        else form.requestSubmit();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target.matches?.(TYPING)) return event.target.blur();
    if (event.target.matches?.(TYPING) || document.querySelector("dialog[open]")) return;
    const element = [...document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)].find(visible);
    if (element) use(element);
    else if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else if (event.key === "?") showShortcuts();
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-shortcuts]")) showShortcuts();
  });
}
