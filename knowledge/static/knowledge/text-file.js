/* Lets an editor fill a text box from a file; the text stays in the box when something in it is wrong. */

function offerFile(box) {
  if (box.dataset.offered) return;
  box.dataset.offered = "yes";
  const words = document.getElementById("text-file-words").dataset;
  const choose = document.createElement("input");
  choose.type = "file";
  choose.accept = box.dataset.textFile;
  choose.setAttribute("aria-label", words.choose);
  choose.addEventListener("change", async () => {
    const [file] = choose.files;
    if (!file) return;
    box.value = await file.text();
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
  box.before(choose);
}

function offerFiles() {
  for (const box of document.querySelectorAll("textarea[data-text-file]")) offerFile(box);
}

document.addEventListener("DOMContentLoaded", () => {
  offerFiles();
  // Wagtail adds rows to a form while it is open.
  new MutationObserver(offerFiles).observe(document.body, { childList: true, subtree: true });
});
