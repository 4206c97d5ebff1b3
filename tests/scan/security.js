// Examples that security.yaml must notice, and their harmless twins. Nothing runs this file.
// ruleid: scripts-make-no-html
place.innerHTML = answer;
// ruleid: scripts-make-no-html
place.insertAdjacentHTML("beforeend", answer);
// ruleid: scripts-make-no-html
eval(answer);
// ok: scripts-make-no-html
place.textContent = answer;
// ok: scripts-make-no-html
place.innerHTML = "<p></p>";
