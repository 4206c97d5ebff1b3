/* Sends chosen or dropped files part by part, shows how far each is, and goes on after a lost connection. */

const PART = 4 * 1024 * 1024;
const TUS = { "Tus-Resumable": "1.0.0" };
const PATIENCE = [1, 2, 4, 8, 15, 30, 30, 30];

const form = document.querySelector("form[data-parts]");
const input = form?.querySelector("input[type=file]");
const list = form?.querySelector(".upload-results");
const drop = form?.querySelector(".upload__drop");
const words = list?.dataset;
const token = form?.querySelector("[name=csrfmiddlewaretoken]").value;

const wait = (seconds) => new Promise((done) => setTimeout(done, 1000 * seconds));

function send(method, url, headers, body, onProgress) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries({ ...TUS, "X-CSRFToken": token, ...headers })) {
      request.setRequestHeader(name, value);
    }
    if (onProgress) request.upload.addEventListener("progress", (event) => onProgress(event.loaded));
    request.addEventListener("load", () => done(request));
    request.addEventListener("error", failed);
    request.addEventListener("timeout", failed);
    request.send(body ?? null);
  });
}

function row(file) {
  const line = document.createElement("li");
  const name = document.createElement("strong");
  const state = document.createElement("span");
  const bar = document.createElement("progress");
  name.textContent = file.name;
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  line.append(name, ": ", state, bar);
  list.append(line);
  return {
    progress(percent) {
      bar.value = percent;
      state.textContent = `${words.sending} ${Math.floor(percent)}%`;
    },
    say(text, isDone) {
      state.textContent = text;
      if (isDone) bar.remove();
    },
  };
}

async function begin(file) {
  const bytes = new TextEncoder().encode(file.name);
  const name = btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(""));
  return send("POST", form.dataset.parts, { "Upload-Length": file.size, "Upload-Metadata": `filename ${name}` });
}

async function offsetOf(url) {
  const answer = await send("HEAD", url, {});
  return answer.status === 200 ? Number(answer.getResponseHeader("Upload-Offset")) : -1;
}

/* Returns why the file was refused, or "" when it is kept. Throws when it cannot be sent. */
async function upload(file, shown) {
  if (!file.size) return words.empty;
  const begun = await begin(file);
  if (begun.status === 413) return words.tooLarge;
  if (begun.status !== 201) throw new Error(begun.status);
  const url = begun.getResponseHeader("Location");
  let offset = 0;
  let tries = 0;
  let isKept = false;
  // A server that was lost with every byte already there still has to hear that this was all.
  while (!isKept) {
    const headers = { "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" };
    const from = offset;
    try {
      const show = (loaded) => shown.progress((100 * (from + loaded)) / file.size);
      const answer = await send("PATCH", url, headers, file.slice(offset, offset + PART), show);
      if (answer.status === 204) {
        offset = Number(answer.getResponseHeader("Upload-Offset"));
        isKept = offset >= file.size;
        tries = 0;
        const refused = answer.getResponseHeader("Upload-Refused");
        if (refused) return decodeURIComponent(refused);
        continue;
      }
      if (answer.status < 500 && answer.status !== 409) throw new Error(answer.status);
    } catch (error) {
      if (error instanceof Error) throw error;
    }
    if (tries >= PATIENCE.length) throw new Error("offline");
    shown.say(words.waiting);
    await wait(PATIENCE[tries]);
    tries += 1;
    try {
      offset = await offsetOf(url);
      if (offset < 0) throw new Error("gone");
    } catch (error) {
      if (error instanceof Error) throw error;
    }
  }
  return "";
}

async function sendAll(files) {
  let allKept = true;
  let anyKept = false;
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  for (const file of files) {
    const shown = row(file);
    try {
      const refused = await upload(file, shown);
      shown.say(refused || words.kept, true);
      allKept &&= !refused;
      anyKept ||= !refused;
    } catch {
      shown.say(words.failed, true);
      allKept = false;
    }
  }
  button.disabled = false;
  input.value = "";
  if (allKept) window.location.assign(form.dataset.next);
  else form.querySelector(".upload__next").hidden = !anyKept;
}

form?.addEventListener("submit", (event) => {
  if (!input.files.length) return;
  event.preventDefault();
  sendAll([...input.files]);
});

if (drop) {
  drop.hidden = false;
  for (const name of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("upload__drop--over", name === "dragover");
    });
  }
  drop.addEventListener("drop", (event) => sendAll([...event.dataTransfer.files]));
}
