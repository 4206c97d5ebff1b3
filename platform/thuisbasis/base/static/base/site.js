/* Enhances pages that already work: plays a video in place, and closes the menu with Escape. */

function play(figure) {
  const link = figure.querySelector(".embed__link");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.src = figure.dataset.player;
    frame.title = figure.dataset.title;
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.allowFullscreen = true;
    frame.className = "embed__frame";
    figure.querySelector(".embed__poster")?.remove();
    link.replaceWith(frame);
    frame.focus();
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
