// Leaving fast: the link at the top, or Shift pressed three times. Loaded by itself, so that it works even when the chat does not.

const PRESSES = 3;
const SECONDS = 5; // between two presses
const exit = document.getElementById("exit");
const target = exit.href;
const endings = [];

/** Have `ending` called when the visitor leaves, by whatever way: it forgets what it knows. */
export function onLeave(ending) {
  endings.push(ending);
}

/** Cover the page, empty it, end the conversation, and put another page in its place in the history. */
function leave() {
  const cover = document.createElement("div");
  cover.className = "cover";
  cover.setAttribute("role", "alert");
  cover.textContent = document.body.dataset.loading;
  document.body.replaceChildren(cover); // the cover comes and all else goes in one step
  document.title = "";
  document.querySelector("link[rel=icon]").remove();
  forget();
  location.replace(target);
}

function forget() {
  for (const ending of endings) ending();
}

exit.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

// Only presses of Shift alone count: Shift that is held while something else is pressed is ordinary typing.
let presses = 0;
let last = 0;
let alone = false;

function reset() {
  presses = 0;
  alone = false;
}

addEventListener("keydown", (event) => {
  if (event.key !== "Shift" || event.ctrlKey || event.altKey || event.metaKey) reset();
  else if (!event.repeat) alone = true;
}, { capture: true });

addEventListener("keyup", (event) => {
  if (event.key !== "Shift" || !alone) return;
  alone = false;
  presses = event.timeStamp - last > SECONDS * 1000 ? 1 : presses + 1;
  last = event.timeStamp;
  if (presses === PRESSES) leave();
}, { capture: true });

addEventListener("pointerdown", reset, { capture: true });
addEventListener("blur", reset);

// A closed tab, a reload, a link followed in this tab. A page that comes back from the browser's memory starts clean.
addEventListener("pagehide", forget);
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
