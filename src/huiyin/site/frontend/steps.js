// `form[data-steps]`: one [data-step] at a time. Without JavaScript all of them are one page.
import { loadLazily } from "./lazy.js";

// What a step shows only once it is there to be measured: a map in a hidden box has no size.
function unfold(step) {
  for (const holder of step.querySelectorAll("[data-when-shown]")) {
    const template = holder.querySelector(":scope > template");
    if (!template) continue;
    template.replaceWith(template.content.cloneNode(true));
    loadLazily(holder);
  }
}

function start(form) {
  const steps = [...form.querySelectorAll("[data-step]")];
  const dots = [...form.querySelectorAll("[data-dot]")];
  let at = 0;
  const show = (next, { focus = true } = {}) => {
    at = Math.max(0, Math.min(next, steps.length - 1));
    steps.forEach((step, index) => { step.hidden = index !== at; });
    dots.forEach((dot, index) => {
      dot.classList.toggle("done", index < at);
      dot.classList.toggle("now", index === at);
    });
    unfold(steps[at]);
    if (!focus) return;
    scrollTo({ top: 0 });
    steps[at].querySelector("legend")?.focus({ preventScroll: true });
  };
  const sound = () => {
    const wrong = [...steps[at].querySelectorAll("input, textarea, select")].find((field) => !field.checkValidity());
    wrong?.reportValidity();
    return !wrong;
  };
  const forward = () => {
    if (!sound()) return;
    history.pushState({ step: at + 1 }, "");
    show(at + 1);
  };
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-next]")) forward();
    else if (event.target.closest("[data-back]")) history.back();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || at === steps.length - 1 || !event.target.matches("input")) return;
    event.preventDefault();
    forward();
  });
  form.addEventListener("submit", (event) => {
    if (at === steps.length - 1 && sound()) return;
    event.preventDefault();
    if (at < steps.length - 1) forward();
  });
  addEventListener("popstate", (event) => show(event.state?.step ?? 0));
  const wrong = steps.findIndex((step) => step.querySelector("[aria-invalid=true], .field-error"));
  const first = Math.max(0, wrong);
  history.replaceState({ step: 0 }, "");
  for (let step = 1; step <= first; step += 1) history.pushState({ step }, "");
  show(first, { focus: false });
}

export function startSteps() {
  for (const form of document.querySelectorAll("form[data-steps]")) start(form);
}
