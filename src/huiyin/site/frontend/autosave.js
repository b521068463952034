// `form[data-autosave]` keeps what is typed in sessionStorage, so that an expired session loses nothing.
// Kept only in this tab; fields marked data-private, passwords, files and hidden fields are never stored.
const PREFIX = "draft:";
const NEVER = "[data-private], [data-private] *, [type=password], [type=file], [type=hidden], [type=submit]";

const keyOf = (form) => `${PREFIX}${location.pathname}#${form.dataset.autosave || form.id || "form"}`;
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !field.matches(NEVER));
const toggles = (field) => field.type === "checkbox" || field.type === "radio";

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, draft) {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Full or forbidden: typing goes on unsaved.
  }
}

// [name, as typed, as the server gave it, option of a checkbox or radio]
function draftOf(form) {
  return fieldsOf(form).map((field) => {
    if (toggles(field)) return [field.name, field.checked, field.defaultChecked, field.value];
    const given = field.options ? field.querySelector("option[selected]")?.value : field.defaultValue;
    return [field.name, field.value, given ?? "", null];
  });
}

// Only what still stands as the server gave it then is replaced: a newer value from the server wins.
function fill(form, values) {
  let filled = false;
  for (const [name, typed, given, option] of values) {
    if (typed === given) continue;
    for (const field of fieldsOf(form).filter((one) => one.name === name)) {
      const property = option === null ? "value" : "checked";
      if (option !== null && field.value !== option) continue;
      const now = field[property];
      if (now === typed || (now !== given && now !== "")) continue;
      field[property] = typed;
      filled = true;
    }
  }
  return filled;
}

function save(form) {
  write(keyOf(form), { values: draftOf(form), sent: false });
}

// A sent draft goes once a page came back that is neither the sign-in nor an error; then it arrived.
function settle() {
  const bounced = document.querySelector("input[type=password], [data-bounced]");
  for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX))) {
    const draft = read(key);
    if (!draft?.sent) continue;
    if (bounced) write(key, { ...draft, sent: false });
    else sessionStorage.removeItem(key);
  }
}

function restore(root) {
  const forms = [...root.querySelectorAll("form[data-autosave]")];
  if (root.matches?.("form[data-autosave]")) forms.push(root); // what htmx put in may be the form itself
  for (const form of forms) {
    const draft = read(keyOf(form));
    if (!draft || !fill(form, draft.values)) continue;
    const note = form.querySelector("[data-restored]");
    if (note) note.hidden = false;
  }
}

export function startAutosave() {
  try {
    settle();
  } catch {
    return; // no storage at all
  }
  restore(document);
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-autosave]") && !event.target.matches(NEVER)) save(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-forget]")) {
      for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
    } else if (form.matches("[data-autosave]")) write(keyOf(form), { values: draftOf(form), sent: true });
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.requestConfig?.elt ?? event.detail.elt; // the form itself may be swapped away by now
    if (!form.matches?.("form[data-autosave]")) return;
    if (event.detail.successful && !event.detail.xhr.signedOut) sessionStorage.removeItem(keyOf(form));
    else save(form);
  });
  document.addEventListener("htmx:load", (event) => restore(event.detail.elt));
}
