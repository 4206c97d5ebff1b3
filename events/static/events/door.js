/* The list at the door goes on without a line: what is seen is kept on the device and sent on when it can be.
   Without this script every button is a form that does the same, with a line. */

const door = document.querySelector(".door");
const KEPT = `door:${door.dataset.sync}`;
const state = door.querySelector("[data-state]");
const people = [...door.querySelectorAll("[data-person]")];
const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
const RETRY = 15_000;

const kept = () => JSON.parse(localStorage.getItem(KEPT) ?? "[]");
const keep = (seen) => localStorage.setItem(KEPT, JSON.stringify(seen));
const nonce = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const clock = (moment) => `${String(moment.getHours()).padStart(2, "0")}.${String(moment.getMinutes()).padStart(2, "0")}`;

function say(text) {
  state.textContent = text;
}

function mark(person, time) {
  if (!person.querySelector("[data-mark]").hidden) return;
  person.querySelector("[data-mark]").hidden = false;
  person.querySelector("[data-time]").textContent = time;
  person.querySelector("[data-enter]").hidden = true;
  person.querySelector("[data-undo]").hidden = false;
  const count = door.querySelector("[data-arrived]");
  count.textContent = Number(count.textContent) + 1;
}

function letIn(person) {
  const isIn = !person.querySelector("[data-mark]").hidden;
  if (isIn) {
    say(`${person.dataset.name} ${door.dataset.already} ${person.querySelector("[data-time]").textContent}`);
    return;
  }
  const now = new Date();
  keep([...kept(), { ticket: person.dataset.ticket, nonce: nonce(), at: now.toISOString() }]);
  mark(person, clock(now));
  say(`${person.dataset.name} ${door.dataset.in}`);
  send();
}

function letInTicket(text) {
  const code = text.split("kaartje=").pop();
  const person = people.find((one) => one.dataset.ticket === code);
  if (person) letIn(person);
  else say(door.dataset.unknown);
}

let isSending = false;

async function send() {
  const seen = kept();
  if (isSending || !seen.length) return;
  isSending = true;
  try {
    const answer = await fetch(door.dataset.sync, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ seen }),
    });
    if (!answer.ok) throw new Error(answer.status);
    const { done, present } = await answer.json();
    keep(kept().filter((one) => !(one.nonce in done)));
    for (const person of people) {
      if (person.dataset.key in present) mark(person, present[person.dataset.key]);
    }
    if (!navigator.onLine || kept().length) return;
    door.dataset.wasOffline && say(door.dataset.sent);
    delete door.dataset.wasOffline;
  } catch {
    door.dataset.wasOffline = "1";
    say(door.dataset.offline);
  } finally {
    isSending = false;
  }
}

for (const form of door.querySelectorAll("[data-enter]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    letIn(form.closest("[data-person]"));
    search.focus();
    search.select();
  });
}

const search = door.querySelector("[data-search]");
search.form.addEventListener("submit", (event) => {
  event.preventDefault();
  const shown = people.filter((person) => !person.hidden);
  if (shown.length === 1) letIn(shown[0]);
});
search.addEventListener("input", () => {
  const words = search.value.toLowerCase().split(/\s+/);
  for (const person of people) {
    const text = person.dataset.words.toLowerCase();
    person.hidden = !words.every((word) => text.includes(word));
  }
});

const scan = door.querySelector("[data-scan]");
const camera = door.querySelector("[data-camera]");

async function watch() {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  camera.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  camera.hidden = false;
  await camera.play();
  let last = "";
  const look = async () => {
    const [found] = await detector.detect(camera);
    if (found && found.rawValue !== last) {
      last = found.rawValue;
      letInTicket(last);
    }
    if (!camera.hidden) setTimeout(look, 120);
  };
  look();
}

if ("BarcodeDetector" in window && navigator.mediaDevices) {
  scan.hidden = false;
  scan.addEventListener("click", () => {
    if (camera.hidden) {
      watch();
    } else {
      for (const track of camera.srcObject.getTracks()) track.stop();
      camera.hidden = true;
    }
  });
}

window.addEventListener("online", send);
setInterval(send, RETRY);
// Somebody who was let in a moment ago is in, also when the page was asked anew before the line brought it over.
for (const one of kept()) {
  const person = people.find((each) => each.dataset.ticket === one.ticket);
  if (person) mark(person, clock(new Date(one.at)));
}
send();
