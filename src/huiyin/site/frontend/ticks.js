// A box that ticks all boxes of a form, wherever they stand: data-tick-all="form id".
export function startTicks() {
  document.addEventListener("change", (event) => {
    const form = document.getElementById(event.target.dataset?.tickAll ?? "");
    if (!form) return;
    for (const box of form.elements) if (box.type === "checkbox" && box.name) box.checked = event.target.checked;
  });
}
