// The chat. Everything it knows lives in this page's memory and is gone when the page is.

import { listen } from "./frame.js";
import { chosen, plainNumbers, speak, touch, words } from "./language.js";
import { answered, helpCard, note, said, spoken, starters, useful, waitingDots } from "./render.js";
import "./rest.js";

const NOTICED = 400; // ms until three dots show that something is going on
const SLOW = 2000; // ms until the help lines are shown without waiting any longer
const GIVE_UP = 10000; // ms
const READ_OUT = 1500; // ms that a message stays in the announcer; screen readers miss shorter ones
const CONTINUES = new Set(["more", "cite"]); // choices that go on with the last answer only

const [form, field, history, transcript, announcer, alarm, header] =
  ["form", "field", "history", "transcript", "announcer", "alarm", "top"].map((id) => document.getElementById(id));

let session = form.elements.session.value || null; // there is one when the form was sent before this script ran
let waiting = null; // the AbortController of the message on its way
let answers = 0;
const dots = waitingDots();
let card = null;

plainNumbers(document);
const sizes = new ResizeObserver(() => {
  document.documentElement.style.setProperty("--top", `${header.offsetHeight}px`);
  document.documentElement.style.setProperty("--bottom", `${form.offsetHeight}px`);
});
sizes.observe(header);
sizes.observe(form);

addEventListener("leave", () => {
  waiting?.abort("left");
  if (session) navigator.sendBeacon("chat/end", new Blob([JSON.stringify({ session })], { type: "application/json" }));
  session = waiting = card = null;
  field.value = "";
  for (const place of [transcript, announcer, alarm]) place.replaceChildren();
});

listen({
  focus: () => focusField(),
  ask: (topic) => history.hidden && press(document.querySelector(`#start [data-choice="${CSS.escape(topic)}"]`)),
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

document.querySelector("main").addEventListener("click", (event) => {
  const { target } = event;
  const choice = target.closest("[data-choice]");
  if (choice) {
    event.preventDefault(); // without this script it would send the form
    press(choice);
  }
  const cite = target.closest("[data-opens]");
  if (cite) {
    const source = document.getElementById(cite.dataset.opens);
    source.closest("details").open = true;
    source.focus();
  }
  const opinion = target.closest("[data-useful]");
  if (opinion) judge(opinion.closest(".useful"), opinion.dataset.useful === "yes");
});

document.getElementById("languages").addEventListener("click", async (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  try {
    await speak(link.href);
    document.querySelector("#languages a").focus();
  } catch {
    showCard(words.error_offline);
  }
});

// Nobody should have to show a picture to get help, and nothing here could keep one.
for (const kind of ["paste", "drop"]) {
  addEventListener(kind, (event) => {
    if (!(event.clipboardData ?? event.dataTransfer)?.files.length) return;
    event.preventDefault();
    add(note(words.no_pictures), words.no_pictures);
  });
}
addEventListener("dragover", (event) => {
  if (event.dataTransfer.types.includes("Files")) event.preventDefault();
});

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address must not change
  field.focus();
});

function press(choice) {
  if (!choice || waiting || choice.getAttribute("aria-disabled") === "true") return;
  focusField();
  send({ choice: choice.dataset.choice }, said(choice.textContent, true), () => use(choice));
}

/** What the visitor thinks of an answer changes what is offered next; it is neither sent nor kept. */
function judge(question, good) {
  const text = good ? words.page_useful_yes : words.page_useful_no;
  const offered = good ? [] : [starters()];
  question.replaceChildren(text, ...offered);
  announce(text, document.documentElement.lang);
  focusField();
}

/** Back to the field, but not where that would open a keyboard over the answer. */
function focusField() {
  if (!touch) field.focus({ preventScroll: true });
}

// --- Sending

/** Send `message`, show `bubble` and the answer; `done` is called only when it arrived. */
async function send(message, bubble, done) {
  const request = new AbortController();
  waiting = request;
  history.hidden = false;
  card?.remove();
  transcript.append(bubble);
  show(bubble);
  const timers = [
    setTimeout(() => transcript.append(dots), NOTICED),
    setTimeout(() => showCard(words.page_slow), SLOW),
    setTimeout(() => request.abort(), GIVE_UP),
  ];
  try {
    const replies = await post({ ...message, session, lang: chosen }, request.signal);
    card?.remove();
    done();
    outdate();
    for (const reply of replies) {
      const item = answered(reply, ++answers);
      if (reply.sources.length) item.append(useful());
      transcript.append(item);
      announce(spoken(reply), reply.lang, reply.topic === "crisis");
    }
    show(bubble);
  } catch (error) {
    if (request.signal.reason === "left") return;
    bubble.remove();
    const kept = message.text ? ` ${words.page_text_kept}` : "";
    showCard((error instanceof Refused ? error.message : words.error_offline) + kept);
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
    headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
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
  add(card, card.textContent, true);
}

/** Something that the page says by itself. */
function add(item, text, urgent = false) {
  history.hidden = false;
  transcript.append(item);
  plainNumbers(item);
  item.scrollIntoView({ block: "nearest" });
  announce(text.replace(/\s+/g, " "), document.documentElement.lang, urgent);
}

/** Bring a new exchange to the top, so that it is read from its beginning. */
function show(bubble) {
  bubble.scrollIntoView({ block: "start" });
}

/** Have screen readers say `text` once, unless the chat is hidden (rest.js); what is urgent interrupts them. */
function announce(text, lang, urgent = false) {
  if (document.body.classList.contains("resting")) return;
  const line = document.createElement("p");
  line.lang = lang;
  line.textContent = text;
  (urgent ? alarm : announcer).append(line);
  setTimeout(() => line.remove(), READ_OUT);
}

function use(choice) {
  choice.setAttribute("aria-disabled", "true");
  choice.textContent = `${words.you_chose}: ${choice.textContent}`;
}

/** "Tell me more" belongs to the last answer, so those of earlier answers end. */
function outdate() {
  for (const button of transcript.querySelectorAll("[data-choice]")) {
    if (CONTINUES.has(button.dataset.choice)) button.setAttribute("aria-disabled", "true");
  }
}
