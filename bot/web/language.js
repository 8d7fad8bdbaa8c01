// What the page says, in the visitor's language. Another language is taken from that language's page, in place: the
// address, the history and the conversation stay as they are.

/** The phrases that the scripts show. */
export const words = {};

/** The language that the visitor chose, or undefined while it is only the browser's guess. */
export let chosen;

const root = document.documentElement;
const { mother } = document.body.dataset;

use(document);
if (root.lang !== mother) chosen = root.lang;

/** Whether calls and texts can be made here: elsewhere a link to a number opens a dialog that others may see. */
export const touch = matchMedia("(any-pointer: coarse)").matches;

/** Say everything in the language of the page at `url`; fails when it cannot be had. */
export async function speak(url) {
  const page = await load(url);
  for (const part of document.querySelectorAll("[data-part]")) {
    const other = page.getElementById(part.id);
    (part.content ?? part).replaceChildren(...(other.content ?? other).childNodes);
    if (other.ariaLabel) part.ariaLabel = other.ariaLabel;
  }
  root.lang = chosen = page.documentElement.lang;
  use(page);
  for (const node of document.querySelectorAll("[data-name]")) node.ariaLabel = words[node.dataset.name];
  plainNumbers(document);
}

/** Where no calls can be made, numbers are text. */
export function plainNumbers(within) {
  if (touch) return;
  for (const link of within.querySelectorAll("a.way")) {
    const text = document.createElement("span");
    text.className = "way";
    text.append(...link.childNodes);
    link.replaceWith(text);
  }
}

function use(page) {
  Object.assign(words, JSON.parse(page.body.dataset.words));
}

/** The page at `url`, as a document that is not shown. Unlike fetch, this needs no text turned into HTML. */
function load(url) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = "document";
    request.timeout = 3000;
    request.onload = () => (request.status === 200 ? done(request.response) : failed());
    request.onerror = request.ontimeout = failed;
    request.send();
  });
}
