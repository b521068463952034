// A part that draws itself anew every few seconds waits while somebody presses in it: the press would miss its button.
export function startPressed() {
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { elt, target } = event.detail;
    if (elt.getAttribute("hx-trigger")?.startsWith("every") && target.querySelector(":active"))
      event.detail.shouldSwap = false;
  });
}
