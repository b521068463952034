// A text to begin with: `data-insert="field name"` on a button puts its data-text into that field of its form, at the cursor;
// with `data-whole` in place of all that stands there.
export function startInsert() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-insert]");
    const field = button?.form?.elements[button.dataset.insert];
    if (!field) return;
    if ("whole" in button.dataset) field.select();
    field.setRangeText(button.dataset.text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}
