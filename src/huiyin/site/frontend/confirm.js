// One native dialog asks before what cannot be undone: `data-confirm="question"` on a button or link, or `hx-confirm`.
function ask(question, { yes, detail } = {}) {
  const dialog = document.getElementById("confirm");
  if (!dialog) return Promise.resolve(window.confirm(question));
  dialog.querySelector("[data-question]").textContent = question;
  dialog.querySelector("[data-detail]").textContent = detail || "";
  const button = dialog.querySelector("[value=yes]");
  button.dataset.usual ??= button.textContent;
  button.textContent = yes || button.dataset.usual;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

export function startConfirm() {
  let agreed = null;
  document.addEventListener(
    "click",
    async (event) => {
      const element = event.target.closest?.("[data-confirm]");
      if (!element || element === agreed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { confirm, confirmYes: yes, confirmDetail: detail } = element.dataset;
      if (!(await ask(confirm, { yes, detail }))) return;
      agreed = element;
      element.click();
      agreed = null;
    },
    true,
  );
  document.addEventListener("htmx:confirm", async (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    if (await ask(event.detail.question)) event.detail.issueRequest(true);
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-dialog]");
    if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
    if (event.target.matches?.("dialog[open]")) event.target.close();
  });
}
