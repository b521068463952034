// A suggestion beside a form: `data-take="#id"` on a button takes the category of the [data-suggestion] in there.
export function startFill() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-take]");
    const code = button && document.querySelector(`${button.dataset.take} [data-suggestion]`)?.dataset.category;
    const field = code && button.form?.elements.category;
    if (!field) return;
    const named = [...(field.list?.options ?? [])].find((option) => option.value.startsWith(`${code} `));
    field.value = named?.value ?? code;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}
