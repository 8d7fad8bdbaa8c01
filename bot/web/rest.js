// A screen that nobody looks at shows nothing: after ten minutes without a touch, or when the visitor hides the chat.
// What was said stays, and so does the way out.

const IDLE = 10 * 60 * 1000; // ms
const { body } = document;
const [rest, hide, wake] = ["rest", "hide", "wake"].map((id) => document.getElementById(id));

let timer;
let before = null; // what had the focus

function cover() {
  if (!rest.hidden) return; // what had the focus before is known already
  before = document.activeElement;
  body.classList.add("resting");
  rest.hidden = false;
}

function restart() {
  clearTimeout(timer);
  timer = setTimeout(cover, IDLE);
}

hide.hidden = false;
hide.addEventListener("click", () => {
  cover();
  wake.focus();
});
wake.addEventListener("click", () => {
  rest.hidden = true;
  body.classList.remove("resting");
  before?.focus({ preventScroll: true });
});
for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, restart, { capture: true, passive: true });
addEventListener("leave", () => clearTimeout(timer));
restart();
