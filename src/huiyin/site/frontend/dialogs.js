// A dialog whose form was answered closes; one whose form needs mending stays.
export function startDialogs() {
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) event.detail.elt.closest?.("dialog[open]")?.close();
  });
}
