/* Adds to the browser's own player: chapters and times that seek, speed, and text that reads along. */

const player = document.querySelector(".player");
const media = player?.querySelector(".player__media");
const text = document.querySelector(".transcript__text");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

function seek(seconds) {
  const go = () => {
    media.currentTime = seconds;
  };
  if (media.readyState >= 1) go();
  else {
    media.addEventListener("loadedmetadata", go, { once: true });
    media.load();
  }
}

function startAt() {
  const asked = new URLSearchParams(location.search).get("t") ?? /^#t=(\d+)$/.exec(location.hash)?.[1];
  return /^\d{1,6}$/.test(asked ?? "") ? Number(asked) : 0;
}

function seekOnClick() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-seek]");
    const cue = event.target.closest(".cue");
    if (!link && (!cue || String(getSelection()))) return;
    if (link) event.preventDefault();
    seek(Number(link ? link.dataset.seek : cue.dataset.start));
    if (link) history.replaceState(null, "", `?t=${Math.floor(link.dataset.seek)}`);
    media.play().catch(() => {});
  });
}

/* The last one that has begun. */
function latest(items, starts, now) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= now) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}

function follow(selector, attribute, mark) {
  const items = [...document.querySelectorAll(selector)];
  const starts = items.map((item) => Number(item.dataset[attribute]));
  let current;
  media.addEventListener("timeupdate", () => {
    const next = media.currentTime > 0 ? latest(items, starts, media.currentTime + 0.05) : undefined;
    if (next === current) return;
    if (current) mark(current, false);
    if (next) mark(next, true);
    current = next;
  });
}

function markCue(cue, isCurrent) {
  cue.classList.toggle("cue--current", isCurrent);
  if (!isCurrent || media.paused || !text.contains(document.activeElement ?? null)) return;
  cue.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
}

function markChapter(link, isCurrent) {
  if (isCurrent) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
}

function offerSpeed() {
  const label = player.querySelector(".player__speed");
  const choice = label.querySelector("select");
  label.hidden = false;
  choice.addEventListener("change", () => {
    media.playbackRate = Number(choice.value);
  });
}

/* Space, arrows and M work wherever the focus is, except in fields and on the player itself. */
function listenToKeys() {
  const keys = {
    k: () => (media.paused ? media.play().catch(() => {}) : media.pause()),
    j: () => seek(Math.max(0, media.currentTime - 10)),
    l: () => seek(media.currentTime + 10),
  };
  player.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function unmark() {
  for (const hit of text.querySelectorAll("mark")) hit.replaceWith(hit.textContent);
  text.normalize();
}

function markAll(cue, wanted) {
  const words = cue.textContent;
  const found = [];
  let from = 0;
  for (let at = words.toLowerCase().indexOf(wanted); at >= 0; at = words.toLowerCase().indexOf(wanted, from)) {
    const hit = document.createElement("mark");
    hit.textContent = words.slice(at, at + wanted.length);
    found.push(words.slice(from, at), hit);
    from = at + wanted.length;
  }
  if (!found.length) return 0;
  cue.replaceChildren(...found, words.slice(from));
  return found.length / 2;
}

function offerFind() {
  const form = document.querySelector(".transcript__find");
  const field = form.querySelector("input");
  const status = form.querySelector("[role=status]");
  const find = (goThere) => {
    unmark();
    const wanted = field.value.trim().toLowerCase();
    status.textContent = "";
    if (wanted.length < 2) return;
    let count = 0;
    for (const cue of text.querySelectorAll(".cue")) count += markAll(cue, wanted);
    const words = status.dataset;
    status.textContent = count === 0 ? words.none : count === 1 ? words.one : words.many.replace("{count}", count);
    if (goThere) text.querySelector("mark")?.scrollIntoView({ block: "center" });
  };
  form.hidden = false;
  field.addEventListener("input", () => find(false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    find(true);
  });
}

if (media) {
  const start = startAt();
  if (start) seek(start);
  seekOnClick();
  offerSpeed();
  listenToKeys();
  follow(".chapters [data-seek]", "seek", markChapter);
}
if (media && text) {
  follow(".cue", "start", markCue);
  offerFind();
}
