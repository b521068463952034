import { drawEntry } from "./feed.js";
import { follow } from "./follow.js";

// A meeting as it goes on. A post has a number; what comes twice or late is recognised by it: nothing is drawn twice.

const HIDDEN = ["folded", "refused", "waiting"];
const root = document.querySelector("[data-live]");

if (root) start();

function start() {
  const page = { after: Number(root.dataset.after), questions: new Map() };
  for (const item of root.querySelectorAll("[data-questions] > li")) page.questions.set(item.dataset.id, item);
  follow(
    root,
    page,
    (post) => take(page, post),
    (name, told) => tell(page, name, told),
  );
  root.addEventListener("click", (event) => like(event.target.closest("[data-press-like]")));
  root.querySelector("[data-ask]")?.addEventListener("submit", ask);
}

function take(page, post) {
  if (post.number <= page.after) return;
  page.after = post.number;
  if (post.kind === "stage") drawStage(post.stage);
  if (post.question) draw(page, String(post.question), { state: "shown", ...post });
  drawEntry(root, post);
  if (post.kind === "state") document.body.dispatchEvent(new Event("settled"));
}

function tell(page, name, told) {
  if (name === "likes") drawLikes(page, told);
  if (name === "watching") drawWatching(told);
}

function drawStage(stage) {
  const mark = root.querySelector("[data-stage]");
  if (mark) mark.textContent = mark.dataset[stage] ?? stage;
}

function draw(page, key, post) {
  if (root.hasAttribute("data-screen")) return drawScreen(page, key, post);
  if (HIDDEN.includes(post.state)) {
    drawAnswering(key, post);
    page.questions.get(key)?.remove();
    page.questions.delete(key);
    return;
  }
  drawAnswering(key, post);
  const list = root.querySelector("[data-questions]");
  const blank = root.querySelector("template[data-question]").content.firstElementChild;
  const item = page.questions.get(key) ?? blank.cloneNode(true);
  item.dataset.id = key;
  item.querySelector("[data-text]").textContent = post.text;
  item.querySelector("[data-state]").textContent = root.querySelector("[data-words]").dataset[post.state] ?? "";
  item.querySelector("[data-owed]").textContent = [post.unit, post.due].filter(Boolean).join(" · ");
  item.querySelector("[data-answer]").textContent = post.answer ?? "";
  item.querySelector("[data-answer]").hidden = !post.answer;
  item.querySelector("[data-corrected]").hidden = !post.corrected;
  if (!page.questions.has(key) || post.state === "spotlit") list.prepend(item);
  page.questions.set(key, item);
  root.querySelector("[data-none]").hidden = true;
}

// The one question that is being answered stands above everything.
function drawAnswering(key, post) {
  const place = root.querySelector("[data-answering]");
  if (!place) return;
  if (post.state === "spotlit") {
    place.querySelector("[data-now]").textContent = post.text;
    place.dataset.key = key;
  } else if (place.dataset.key !== key) return;
  place.hidden = post.state !== "spotlit";
}

// The hall's screen draws all of itself anew: one large line and five small ones.
function drawScreen(page, key, post) {
  if (key) page.questions.set(key, { likes: 0, ...page.questions.get(key), ...post });
  const all = [...page.questions.values()];
  const now = root.querySelector("[data-now]");
  now.textContent = all.find((one) => one.state === "spotlit")?.text ?? now.dataset.none;
  now.dataset.long = now.textContent.length > 250 ? "very" : now.textContent.length > 110 ? "rather" : "";
  const queue = all.filter((one) => one.state === "shown").sort((one, other) => other.likes - one.likes);
  root.querySelector("[data-top]").replaceChildren(...queue.slice(0, 5).map(topLine));
}

function topLine(question) {
  const line = document.createElement("li");
  for (const said of [question.text, question.likes]) {
    line.append(Object.assign(document.createElement("span"), { textContent: said }));
  }
  return line;
}

function drawLikes(page, likes) {
  for (const [key, count] of Object.entries(likes)) {
    const known = page.questions.get(key);
    if (known instanceof Element) known.querySelector("[data-likes]").textContent = count;
    else if (known) known.likes = count;
  }
  if (root.hasAttribute("data-screen")) drawScreen(page);
}

function drawWatching(told) {
  for (const name of ["watching", "viewers"]) {
    const mark = root.querySelector(`[data-${name}]`);
    if (mark) mark.textContent = told[name];
  }
}

function send(url, fields) {
  const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
  return fetch(url, { method: "POST", body: new URLSearchParams(fields), headers: { "X-CSRFToken": token } });
}

async function like(button) {
  if (!button) return;
  button.disabled = true; // once a browser: a second press says nothing new
  const number = button.querySelector("[data-likes]");
  number.textContent = Number(number.textContent) + 1;
  const asked = { question: button.closest("[data-id]").dataset.id };
  const answer = await send(`${root.dataset.base}like`, asked).catch(() => null);
  if (answer?.ok) return;
  button.disabled = false;
  number.textContent = Number(number.textContent) - 1;
}

async function ask(event) {
  event.preventDefault();
  const form = event.target;
  const told = form.querySelector("[data-told]");
  const button = form.querySelector("button");
  button.disabled = true;
  const words = form.text.value;
  try {
    const answer = await send(form.action, new FormData(form));
    const said = await answer.json();
    told.textContent = answer.ok ? (told.dataset[said.state] ?? told.dataset.waiting) : said.error;
    if (answer.ok) begin(form, words);
  } catch {
    told.textContent = told.dataset.offline;
  }
  button.disabled = false;
}

// Another question: other words, another press.
function begin(form, words) {
  if (form.text.value === words) form.text.value = ""; // else somebody has typed on meanwhile
  form.press.value = crypto.getRandomValues(new Uint32Array(3)).join("");
  document.body.dispatchEvent(new Event("asked"));
}
