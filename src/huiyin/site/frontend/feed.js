// What the hall shows: texts and pictures, the newest first, each once; what is taken back goes.
// Hours are the district's, of the server's moment: neither the phone's clock nor its zone is asked.

export function drawEntry(root, post) {
  const list = root.querySelector("[data-feed]");
  if (!list) return;
  if (post.kind === "gone") drawn(list, post.of)?.remove();
  else if (["text", "picture"].includes(post.kind) && !post.gone && !drawn(list, post.number)) list.prepend(entry(root, post));
  root.querySelector("[data-feed-none]").hidden = list.childElementCount > 0;
}

function drawn(list, number) {
  return list.querySelector(`[data-number="${number}"]`);
}

function entry(root, post) {
  const blank = root.querySelector("template[data-entry]");
  const item = blank.content.firstElementChild.cloneNode(true);
  item.dataset.number = post.number;
  const time = item.querySelector("time");
  time.dateTime = post.at;
  time.textContent = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit", minute: "2-digit", timeZone: root.dataset.zone,
  }).format(new Date(post.at));
  const [picture, words] = [item.querySelector("img"), item.querySelector("[data-words]")];
  if (post.picture) {
    // Width and height first: the place is kept while the picture is under way, so that nothing jumps.
    Object.assign(picture, { width: post.width, height: post.height, alt: post.text || blank.dataset.usual });
    picture.src = post.picture;
  } else picture.remove();
  if (post.text) words.textContent = post.text;
  else words.remove();
  return item;
}
