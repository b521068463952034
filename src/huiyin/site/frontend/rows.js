// The row whose case is open beside the list is marked, also for those who do not see it.
export function startRows() {
  document.addEventListener("htmx:afterRequest", (event) => {
    const row = event.detail.elt.closest?.(".case-row");
    if (!row || !event.detail.successful) return;
    for (const other of document.querySelectorAll(".case-row[aria-current]")) other.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
  });
}
