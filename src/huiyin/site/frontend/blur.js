// `form[data-blur]`: parts of a picture are made unrecognisable before it leaves the phone. What is sent is the canvas,
// drawn anew at most 2048 pixels a side; the original is never sent.
import { between, pixelate, spot } from "./pixels.js";

const LONGEST = 2048;
const QUALITY = 0.88;
const form = document.querySelector("form[data-blur]");

if (form) start();

function start() {
  const input = form.querySelector("[type=file]");
  const pictures = new Set(); // canvases, in the order they were chosen
  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = ""; // originals stay out of the form
    for (const file of files) await add(pictures, file);
  });
  form.addEventListener("submit", (event) => send(event, pictures));
}

function tell(name, more = "") {
  const told = form.querySelector("[data-blur-told]");
  told.textContent = [told.dataset[name], more].filter(Boolean).join(" ");
}

async function add(pictures, file) {
  if (pictures.size >= Number(form.dataset.most)) return tell("many");
  if (file.size > Number(form.dataset.mostBytes)) return tell("large", file.name);
  const drawn = await load(file);
  if (!drawn) return tell("unreadable", file.name);
  const item = document.querySelector("template[data-preview]").content.firstElementChild.cloneNode(true);
  const canvas = item.querySelector("canvas");
  const scale = Math.min(1, LONGEST / Math.max(drawn.naturalWidth, drawn.naturalHeight));
  canvas.width = Math.max(1, Math.round(drawn.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(drawn.naturalHeight * scale));
  const ink = canvas.getContext("2d");
  ink.fillStyle = "#fff"; // JPEG has no glass
  ink.fillRect(0, 0, canvas.width, canvas.height);
  ink.drawImage(drawn, 0, 0, canvas.width, canvas.height);
  pictures.add(canvas);
  item.querySelector("[data-drop]").addEventListener("click", () => {
    pictures.delete(canvas);
    item.remove();
  });
  paintable(item, canvas);
  form.querySelector("[data-previews]").append(item);
  tell("");
}

// Upright, as the camera noted: browsers turn an image element by its EXIF before it is drawn.
async function load(file) {
  const drawn = new Image();
  drawn.src = URL.createObjectURL(file);
  const good = await drawn.decode().then(() => drawn.naturalWidth > 0, () => false);
  URL.revokeObjectURL(drawn.src);
  return good ? drawn : null;
}

function paintable(item, canvas) {
  const undo = item.querySelector("[data-undo]");
  const frame = item.querySelector(".blur-frame");
  const before = [];
  const side = Math.max(canvas.width, canvas.height) / 10;
  const box = { x: (canvas.width - side) / 2, y: (canvas.height - side) / 2, width: side, height: side };
  let from = null;
  const count = () => {
    undo.disabled = !before.length;
    tell("blurred", before.length);
  };
  const cover = (area) => {
    before.push(pixelate(canvas, area));
    count();
  };
  const back = () => {
    const last = before.pop();
    if (last) canvas.getContext("2d").putImageData(last.pixels, last.x, last.y);
    count();
  };
  undo.addEventListener("click", back);
  canvas.addEventListener("pointerdown", (event) => {
    from = spot(canvas, event);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => from && show(frame, canvas, between(from, spot(canvas, event))));
  canvas.addEventListener("pointercancel", () => {
    from = null;
    frame.hidden = true;
  });
  canvas.addEventListener("pointerup", (event) => {
    if (!from) return;
    const drawn = between(from, spot(canvas, event));
    const tapped = Math.max(drawn.width, drawn.height) < side / 8;
    cover(tapped ? { x: from.x - side / 2, y: from.y - side / 2, width: side, height: side } : drawn);
    from = null;
    frame.hidden = true;
  });
  canvas.addEventListener("blur", () => (frame.hidden = true));
  canvas.addEventListener("keydown", (event) => {
    const keys = {
      ArrowLeft: () => (box.x -= side / 4), ArrowRight: () => (box.x += side / 4),
      ArrowUp: () => (box.y -= side / 4), ArrowDown: () => (box.y += side / 4),
      "+": () => (box.width = box.height *= 1.25), "=": () => (box.width = box.height *= 1.25),
      "-": () => (box.width = box.height /= 1.25), Enter: () => cover(box), " ": () => cover(box), Backspace: back,
    };
    if (!keys[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    keys[event.key]();
    show(frame, canvas, box);
    if (event.key.startsWith("Arrow")) {
      tell("at", `${Math.round((100 * box.x) / canvas.width)} %, ${Math.round((100 * box.y) / canvas.height)} %`);
    }
  });
}

function show(frame, canvas, { x, y, width, height }) {
  const percent = (part, whole) => `${(100 * part) / whole}%`;
  frame.hidden = false;
  frame.style.left = percent(x, canvas.width);
  frame.style.top = percent(y, canvas.height);
  frame.style.width = percent(width, canvas.width);
  frame.style.height = percent(height, canvas.height);
}

async function send(event, pictures) {
  event.preventDefault();
  const button = form.querySelector("[data-submit]");
  const body = new FormData(form);
  body.delete("pictures");
  button.disabled = true;
  tell("sending");
  try {
    for (const canvas of pictures) {
      body.append("pictures", await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY)), "picture.jpg");
    }
    const answer = await fetch(location.href, { method: "POST", body, headers: { Accept: "application/json" } });
    const said = await answer.json(); // a sign-in page is none
    if (said.next) return location.assign(said.next);
    form.querySelector("[data-sure]").hidden = !said.asks;
    form.querySelector("[data-blur-told]").textContent = said.error;
    form.elements.text.dispatchEvent(new Event("input", { bubbles: true })); // it was not taken: keep the draft
  } catch {
    tell("offline");
  }
  button.disabled = false;
}
