/* Enhances pages that already work: plays a video in place, closes the menu with Escape, and brings a field
   that can propose something its script. */

function remembers(provider) {
  try {
    return localStorage.getItem(`embed:${provider}`) === "yes";
  } catch {
    return false;
  }
}

/* Kept on this device only, and only when the visitor asks for it. */
function offerToRemember(figure, provider) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = remembers(provider);
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.setItem(`embed:${provider}`, "yes");
      else localStorage.removeItem(`embed:${provider}`);
    } catch {
      box.checked = false;
    }
  });
  label.className = "embed__remember";
  label.append(box, ` ${figure.dataset.remember}`);
  figure.querySelector("figcaption").append(label);
}

function show(figure, link) {
  const frame = document.createElement("iframe");
  frame.src = figure.dataset.player;
  frame.title = figure.dataset.title;
  frame.allow = "autoplay; fullscreen; picture-in-picture";
  frame.allowFullscreen = true;
  frame.className = "embed__frame";
  figure.querySelector(".embed__poster")?.remove();
  link.replaceWith(frame);
  return frame;
}

function play(figure) {
  const link = figure.querySelector(".embed__link");
  const provider = new URL(figure.dataset.player).host;
  offerToRemember(figure, provider);
  if (remembers(provider)) {
    show(figure, link);
    return;
  }
  link.addEventListener("click", (event) => {
    event.preventDefault();
    show(figure, link).focus();
  });
}

for (const figure of document.querySelectorAll(".embed")) play(figure);

const menu = document.querySelector(".menu");
if (menu) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

// Only who is about to search pays for the suggestions.
document.addEventListener("focusin", (event) => {
  const { script } = event.target.dataset;
  if (script) import(script);
});
