/* Shows how far an upload is, and keeps what was typed when the connection drops. */

const words = document.getElementById("upload-words")?.dataset;

function report(form) {
  let box = form.querySelector(".upload-progress");
  if (!box) {
    box = document.createElement("div");
    box.className = "upload-progress";
    box.innerHTML = '<progress max="100" value="0"></progress><p role="status" aria-live="polite"></p>';
    box.querySelector("progress").setAttribute("aria-label", words.label);
    const field = form.querySelector('input[type="file"][name="file"]');
    (field.closest(".w-field") ?? field).after(box);
  }
  const bar = box.querySelector("progress");
  const line = box.querySelector("p");
  return {
    show(percent) {
      bar.value = percent;
      line.textContent = percent < 100 ? words.sending.replace("{percent}", percent) : words.checking;
      if (percent >= 100) bar.removeAttribute("value");
    },
    fail(text) {
      bar.remove();
      line.textContent = text;
      box.classList.add("upload-progress--failed");
    },
  };
}

/* What the server refused, as sentences; the form itself stays as it is, with its file. */
function refusals(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const errors = answer.querySelectorAll(".error-message, .w-field__errors");
  return [...new Set([...errors].map((error) => error.textContent.trim()).filter(Boolean))].join(" ");
}

function send(form, submitter) {
  form.querySelector(".upload-progress")?.remove();
  const progress = report(form);
  const request = new XMLHttpRequest();
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) progress.show(Math.floor((100 * event.loaded) / event.total));
  });
  const release = () => {
    for (const button of form.querySelectorAll("button[type=submit]")) {
      button.disabled = false;
      // Wagtail's button shows that it is busy until it is told otherwise.
      button.setAttribute("data-w-progress-loading-value", "false");
    }
  };
  request.addEventListener("load", () => {
    const refused = request.status >= 400 ? words.failed : refusals(request.responseText);
    if (refused) {
      progress.fail(refused);
      release();
    } else {
      window.location.assign(request.responseURL);
    }
  });
  request.addEventListener("error", () => {
    progress.fail(words.failed);
    release();
  });
  request.open("POST", form.action || window.location.href);
  for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = true;
  request.send(data);
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const chosen = form.querySelector('input[type="file"][name="file"]');
    if (!words || form.closest(".modal") || !chosen?.files?.length) return;
    event.preventDefault();
    event.stopPropagation();
    send(form, event.submitter);
  },
  true,
);
