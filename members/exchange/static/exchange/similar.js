/* While somebody types a question: shows what was asked before. Without this, the form shows it after sending. */

const form = document.querySelector("form[data-similar]");
const field = form?.querySelector("[name=title]");
const place = form?.querySelector(".similar");
let timer;
let asked = "";

async function look() {
  const text = field.value.trim();
  if (text.length < 8 || text === asked) return;
  asked = text;
  try {
    const answer = await fetch(`${form.dataset.similar}?vraag=${encodeURIComponent(text)}`);
    // nosemgrep: scripts-make-no-html (a template of ours escaped it)
    if (answer.ok && asked === text) place.innerHTML = await answer.text();
  } catch {
    asked = "";
  }
}

field?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(look, 500);
});
