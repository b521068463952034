// How a page hears of a meeting: by the stream of `huiyin live`, and by asking for snapshots while it has none.
// What comes twice or late is for the page to recognise, by the post's number: so both ways may overlap.

const POLL_MS = 3000;
const AGAIN_MS = [1000, 4000, 29_000]; // until the stream is tried again: at least; spread over, at first and at last
const PATIENCE_MS = 15_000;
const DEAF_MS = 50_000; // a stream says something at least every thirty seconds
const KINDS = ["question", "state", "stage", "text", "picture", "gone"];

// `page.after` is the number of the last post; `hear` takes a post, `tell` what has no number.
export function follow(root, page, hear, tell) {
  const feed = { root, page, hear, tell, stream: null, lost: 0, failed: 0, poll: 0, again: 0, watch: 0 };
  open(feed);
  window.addEventListener("online", () => reopen(feed));
  window.addEventListener("offline", () => lose(feed));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && !alive(feed)) reopen(feed); // a phone's browser lets go of what is in the background
  });
}

function open(feed) {
  if (!window.EventSource) return poll(feed);
  const { stream: address, base } = feed.root.dataset;
  const stream = new EventSource(`${address ?? `${base}stream`}?after=${feed.page.after}`, { withCredentials: true });
  feed.stream = stream;
  stream.onopen = () => opened(feed);
  stream.onerror = () => lose(feed); // no browser is left to try by itself: some give up for good on a 502
  for (const kind of KINDS) {
    stream.addEventListener(kind, (event) => {
      heard(feed);
      feed.hear({ ...JSON.parse(event.data), kind, number: Number(event.lastEventId) });
    });
  }
  for (const name of ["likes", "watching", "beat"]) {
    stream.addEventListener(name, (event) => {
      heard(feed);
      feed.tell(name, JSON.parse(event.data));
    });
  }
  watch(feed); // one that neither opens nor fails is given up, too
}

function opened(feed) {
  feed.root.dataset.via = "stream";
  clearTimeout(feed.poll);
  watch(feed);
}

// Only now is it back: a door that opens and closes at once is tried more and more seldom.
function heard(feed) {
  feed.lost = 0;
  watch(feed);
}

function watch(feed) {
  clearTimeout(feed.watch);
  feed.watch = setTimeout(() => lose(feed), DEAF_MS);
}

function alive(feed) {
  return feed.stream?.readyState === EventSource.OPEN;
}

// Snapshots until it comes back. All who lose it in one moment come back spread over one.
function lose(feed) {
  shut(feed);
  feed.root.dataset.via = "snapshots";
  const [least, first, most] = AGAIN_MS;
  const spread = Math.min(most, first * 2 ** feed.lost++);
  feed.again = setTimeout(() => open(feed), least + spread * Math.random());
  feed.poll = setTimeout(() => poll(feed), POLL_MS * Math.random());
}

function reopen(feed) {
  shut(feed);
  feed.lost = 0;
  open(feed);
}

function shut(feed) {
  feed.stream?.close();
  feed.stream = null;
  for (const timer of ["poll", "again", "watch"]) clearTimeout(feed[timer]);
}

async function poll(feed) {
  const { root, page } = feed;
  clearTimeout(feed.poll);
  try {
    const address = `${root.dataset.base}snapshot.json?after=${page.after}`;
    const answer = await fetch(address, { signal: patience() });
    if (answer.ok) {
      const told = await answer.json();
      for (const { number, kind, data } of told.posts) feed.hear({ ...data, kind, number });
      feed.tell("likes", told.likes);
      if (told.watching !== undefined) feed.tell("watching", told);
      feed.failed = 0;
      if (told.posts.length && told.last > page.after && !alive(feed)) return poll(feed); // there is more
    } else feed.failed += 1;
  } catch {
    feed.failed += 1;
  }
  if (alive(feed)) return;
  clearTimeout(feed.poll);
  feed.poll = setTimeout(() => poll(feed), POLL_MS * Math.min(10, 1 + feed.failed) * (0.8 + 0.4 * Math.random()));
}

// AbortSignal.timeout is younger than some phones.
function patience() {
  const end = new AbortController();
  setTimeout(() => end.abort(), PATIENCE_MS);
  return end.signal;
}
