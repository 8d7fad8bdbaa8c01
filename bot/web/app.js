// The chat. Everything it knows lives in this page's memory and is gone when the page is.

import { onLeave } from "./leave.js";
import { answered, helpCard, said, spoken, waitingDots } from "./render.js";

const NOTICED = 400; // ms until three dots show that something is going on
const SLOW = 2000; // ms until the help lines are shown without waiting any longer
const GIVE_UP = 10000; // ms
const READ_OUT = 1500; // ms that a message stays in the announcer; screen readers miss shorter ones
const CONTINUES = new Set(["more", "cite"]); // choices that go on with the last answer only

const words = document.body.dataset;
const [form, field, start, transcript, announcer, header] = ["form", "field", "start", "transcript", "announcer", "top"]
  .map((id) => document.getElementById(id));

let session = null;
let waiting = null; // the AbortController of the message on its way
let answers = 0;
const dots = waitingDots();
let card = null;

form.hidden = start.hidden = false;
const sizes = new ResizeObserver(() => {
  document.documentElement.style.setProperty("--top", `${header.offsetHeight}px`);
  document.documentElement.style.setProperty("--bottom", `${form.offsetHeight}px`);
});
sizes.observe(header);
sizes.observe(form);

onLeave(() => {
  waiting?.abort("left");
  if (session) navigator.sendBeacon("chat/end", new Blob([JSON.stringify({ session })], { type: "application/json" }));
  session = waiting = card = null;
  field.value = "";
  transcript.replaceChildren();
  announcer.replaceChildren();
});

// --- What the visitor does: the only moments at which focus may move

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text || waiting) return;
  focusField();
  send({ text }, said(text, false), () => {
    if (field.value.trim() === text) field.value = "";
  });
});

field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

document.querySelector("main").addEventListener("click", ({ target }) => {
  const choice = target.closest("[data-choice]");
  if (choice && choice.getAttribute("aria-disabled") !== "true" && !waiting) {
    focusField();
    send({ choice: choice.dataset.choice }, said(choice.textContent, true), () => use(choice));
  }
  const cite = target.closest("[data-opens]");
  if (cite) {
    const source = document.getElementById(cite.dataset.opens);
    source.closest("details").open = true;
    source.focus();
  }
});

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address must not change
  field.focus();
});

/** Back to the field, but not where that would open a keyboard over the answer. */
function focusField() {
  if (matchMedia("(pointer: fine)").matches) field.focus({ preventScroll: true });
}

// --- Sending

/** Send `message`, show `bubble` and the answer; `done` is called only when it arrived. */
async function send(message, bubble, done) {
  const request = new AbortController();
  waiting = request;
  transcript.hidden = false;
  card?.remove();
  transcript.append(bubble);
  show(bubble);
  const timers = [
    setTimeout(() => transcript.append(dots), NOTICED),
    setTimeout(() => showCard(words.slow), SLOW),
    setTimeout(() => request.abort(), GIVE_UP),
  ];
  try {
    const replies = await post({ ...message, session }, request.signal);
    card?.remove();
    done();
    outdate();
    for (const reply of replies) {
      transcript.append(answered(reply, ++answers));
      announce(spoken(reply), reply.lang);
    }
    show(bubble);
  } catch (error) {
    if (request.signal.reason === "left") return;
    bubble.remove();
    const kept = message.text ? ` ${words.textKept}` : "";
    showCard((error instanceof Refused ? error.message : words.offline) + kept);
  } finally {
    timers.forEach(clearTimeout);
    dots.remove();
    if (waiting === request) waiting = null;
  }
}

/** The server had a reason not to answer, and says it in a sentence for the visitor. */
class Refused extends Error {}

async function post(body, signal) {
  const response = await fetch("chat", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    credentials: "omit",
    cache: "no-store",
    signal,
  });
  const answer = await response.json();
  if (!response.ok) throw new Refused(answer.error.message);
  session = answer.session;
  return answer.replies;
}

// --- Showing

function showCard(text) {
  card?.remove();
  card = helpCard(text);
  transcript.append(card);
  card.scrollIntoView({ block: "nearest" });
  announce(card.textContent.replace(/\s+/g, " "), document.documentElement.lang);
}

/** Bring a new exchange to the top, so that it is read from its beginning. */
function show(bubble) {
  bubble.scrollIntoView({ block: "start" });
}

function announce(text, lang) {
  const line = document.createElement("p");
  line.lang = lang;
  line.textContent = text;
  announcer.append(line);
  setTimeout(() => line.remove(), READ_OUT);
}

function use(choice) {
  choice.setAttribute("aria-disabled", "true");
  choice.textContent = `${words.youChose} ${choice.textContent}`;
}

/** "Tell me more" belongs to the last answer, so those of earlier answers end. */
function outdate() {
  for (const button of transcript.querySelectorAll("[data-choice]")) {
    if (CONTINUES.has(button.dataset.choice)) button.setAttribute("aria-disabled", "true");
  }
}
