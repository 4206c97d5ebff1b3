/* Saves each answer while somebody goes on; shows what another device or colleague wrote meanwhile. */

const PATIENCE = [1, 2, 4, 8, 15, 30];

const form = document.querySelector("form.entries");
const words = form.dataset;
const token = form.querySelector("[name=csrfmiddlewaretoken]");
const waiting = new Set();

const wait = (seconds) => new Promise((done) => setTimeout(done, 1000 * seconds));
const field = (item, name) => form.elements[`${name}-${item.dataset.code}`];

function say(item, text) {
  item.querySelector(".item__state").textContent = text;
}

function content(item) {
  const data = new FormData();
  data.set("code", item.dataset.code);
  for (const name of ["choice", "reason", "note", "version"]) data.set(name, field(item, name)?.value ?? "");
  return data;
}

function same(one, other) {
  return [...one].every(([name, value]) => other.get(name) === value);
}

function send(item, data) {
  return fetch(words.save, {
    method: "POST",
    body: data,
    headers: { "X-CSRFToken": token.value },
    keepalive: true,
    credentials: "same-origin",
  });
}

function progress(answer) {
  document.querySelector(".progress__done").setAttribute("width", answer.percent);
  document.querySelector(".progress > p:last-child").textContent = answer.text;
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--quiet";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

/* Both values stay in view until somebody chooses; nothing is overwritten before. */
function choose(item, theirs) {
  const mine = form.querySelector(`#${CSS.escape(item.dataset.code)} input:checked`);
  const box = document.createElement("div");
  const text = document.createElement("p");
  const other = [theirs.label, theirs.reason, theirs.note].filter(Boolean).join(". ");
  box.className = "item__conflict";
  box.setAttribute("role", "alert");
  text.textContent = `${words.conflict} ${other}`;
  field(item, "version").value = theirs.version;
  const done = () => {
    box.remove();
    (mine ?? item.querySelector("input")).focus();
  };
  box.append(
    text,
    button(words.mine, () => {
      done();
      save(item);
    }),
    button(words.theirs, () => {
      for (const radio of item.querySelectorAll("input[type=radio]")) radio.checked = radio.value === theirs.choice;
      if (field(item, "reason")) field(item, "reason").value = theirs.reason;
      if (field(item, "note")) field(item, "note").value = theirs.note;
      done();
      say(item, words.saved);
    }),
  );
  item.querySelector(".item__conflict")?.remove();
  item.append(box);
}

async function answered(item, answer) {
  const data = await answer.json().catch(() => ({}));
  if (answer.ok) {
    field(item, "version").value = data.version;
    item.classList.remove("item--wrong");
    progress(data);
    say(item, words.saved);
  } else if (answer.status === 409) {
    say(item, "");
    choose(item, data);
  } else {
    say(item, data.error ?? words.closed);
  }
}

/* After logging in again the old token is worth nothing: ask for a new one, for this form too. */
async function renew() {
  const page = await fetch(window.location.href, { credentials: "same-origin" });
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  token.value = fresh.querySelector("[name=csrfmiddlewaretoken]")?.value ?? token.value;
}

/* Whether it is settled: kept or refused. Somebody who is logged out meanwhile loses nothing: it goes on trying. */
async function settled(item, data) {
  const answer = await send(item, data);
  if (answer.status === 403) await renew();
  else if (answer.redirected) say(item, words.door);
  else {
    await answered(item, answer);
    return true;
  }
  return false;
}

/* One request at a time for each item: what changes meanwhile is sent after it, with the new version. */
async function save(item) {
  if (waiting.has(item)) {
    item.dataset.again = "yes";
    return;
  }
  waiting.add(item);
  say(item, words.saving);
  const data = content(item);
  for (let turn = 0; ; turn += 1) {
    try {
      if (await settled(item, data)) break;
    } catch {
      say(item, words.lost);
    }
    await wait(PATIENCE[Math.min(turn, PATIENCE.length - 1)]);
  }
  waiting.delete(item);
  const again = item.dataset.again === "yes";
  delete item.dataset.again;
  const now = content(item);
  now.set("version", data.get("version"));
  if (again && !same(data, now)) save(item);
}

/* A reason or note is on its way while somebody types; half a reason is not worth a refusal yet. */
function isReady(item) {
  const choice = form.querySelector(`#${CSS.escape(item.dataset.code)} input:checked`)?.value ?? "";
  return choice !== words.na || (field(item, "reason")?.value.trim().length ?? 0) >= 10;
}

const timers = new WeakMap();
for (const item of form.querySelectorAll(".item")) {
  item.addEventListener("change", (event) => {
    const chosen = event.target.type === "radio" ? event.target.value : "";
    if (chosen === words.na && !isReady(item)) field(item, "reason")?.focus();
    if (isReady(item)) save(item);
  });
  item.addEventListener("input", (event) => {
    if (event.target.type === "radio") return;
    clearTimeout(timers.get(item));
    timers.set(
      item,
      setTimeout(() => isReady(item) && save(item), 1000),
    );
  });
}

window.addEventListener("beforeunload", (event) => {
  if (waiting.size) event.preventDefault();
});
