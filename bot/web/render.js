// A Reply (see /openapi.json) as HTML elements. Text only ever becomes text nodes, so nothing in it can act as HTML.

import { touch, words } from "./language.js";

/** An element; strings among its children become text. Attributes that are undefined are left out. */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const hidden = (text) => el("span", { class: "hidden" }, text);

/** Who says something. A `<bdi>`, so that the direction of the message is that of its own words. */
const author = (text, kind = "hidden") => el("bdi", { class: kind }, `${text} `);

/** What the visitor typed or chose. */
export function said(text, chosen) {
  const who = chosen ? author(`${words.you_chose}:`, "chose") : author(words.page_you_said);
  return el("li", { class: "you", lang: document.documentElement.lang, dir: "auto" }, who, el("bdi", {}, text));
}

/** What Lantern answered; `n` tells this answer's sources from those of others. */
export function answered(reply, n) {
  const crisis = reply.topic === "crisis";
  const item = el("li", { class: crisis ? "reply crisis" : "reply", lang: reply.lang, dir: "auto" });
  item.append(author(words.page_lantern_said));
  for (const { text, cites = [] } of reply.blocks) {
    const marks = cites.map((cite) => el(
      "button", { type: "button", class: "cite", "data-opens": `source-${n}-${cite}` }, hidden(`${words.page_source} `), `${cite}`,
    ));
    if (marks.length) marks.splice(0, marks.length, " ", el("span", { class: "cites" }, ...marks));
    item.append(el("p", {}, ...numbered(text, reply.contacts), ...marks));
  }
  if (reply.sources.length) item.append(sources(reply.sources, n));
  if (reply.contacts.length) item.append(...(crisis ? [contacts(reply.contacts)] : folded(reply.contacts)));
  if (reply.choices.length) item.append(choices(reply.choices));
  return item;
}

/** The same as plain text, for the announcer. */
export function spoken(reply) {
  const parts = [words.page_lantern_said, ...reply.blocks.map((block) => block.text)];
  const { length } = reply.choices;
  if (length) {
    const labels = reply.choices.map((choice) => choice.label).join(", ");
    parts.push(`${length} ${length === 1 ? words.page_choice : words.page_choices}: ${labels}`);
  }
  return parts.join(" ");
}

/** Something short that the page itself says. */
export function note(text) {
  return el("li", { class: "reply", lang: document.documentElement.lang }, author(words.page_lantern_said), el("p", {}, text));
}

/** "Was this useful?" below an answer. */
export function useful() {
  const button = (answer, text) => el("button", { type: "button", class: "choice", "data-useful": answer }, text);
  const [yes, no] = [button("yes", words.page_yes), button("no", words.page_no)];
  const label = el("span", {}, words.page_useful);
  return el("div", { class: "useful", role: "group", "aria-label": words.page_useful }, label, " ", yes, " ", no);
}

/** The questions of the first screen once more. */
export function starters() {
  const first = [...document.querySelectorAll("#start > .starters [data-choice]:not([aria-disabled])")];
  return choices(first.map(({ dataset, textContent }) => ({ id: dataset.choice, label: textContent })));
}

/** Something is on its way; for the eye only. */
export function waitingDots() {
  return el("li", { class: "reply wait", "aria-hidden": "true" }, "•••");
}

/** The page's own card, for when there is no answer. */
export function helpCard(text) {
  const card = note(text);
  card.classList.add("crisis");
  card.append(document.getElementById("help").content.cloneNode(true));
  return card;
}

/** `text` with the numbers of the contacts in it as links; their digits keep their order in every script. */
function numbered(text, lines) {
  const schemes = new Map();
  for (const { call, text: message } of lines) {
    if (message) schemes.set(message, "sms");
    if (call) schemes.set(call, "tel");
  }
  const known = [...schemes.keys()].sort((a, b) => b.length - a.length).map((number) => number.replace(/\W/g, "\\$&"));
  if (!known.length) return [text];
  const parts = text.split(new RegExp(`(${known.join("|")})`));
  return parts.map((part) => (schemes.has(part) ? number(schemes.get(part), part, "number") : part));
}

/** A number to call or to text. */
function number(scheme, digits, kind, before = []) {
  const inside = [...before, el("bdi", { dir: "ltr" }, digits)];
  if (!touch) return el("span", { class: kind }, ...inside);
  return el("a", { href: `${scheme}:${digits.replaceAll(" ", "")}`, class: kind }, ...inside);
}

function sources(cited, n) {
  const items = cited.map((source) => {
    const year = source.year === "undated" ? words.year_undated : `${source.year}`;
    // An address with a note is somebody's copy, on a site nobody here answers for: it is shown, not linked.
    const linked = source.url && !source.note;
    const copy = linked ? [] : [source.url && new URL(source.url).host, source.note];
    const rest = [source.publisher, year, source.page, ...copy].filter(Boolean).join(", ");
    const title = linked ? link(source.url, source.title) : el("span", {}, source.title);
    return el("li", { id: `source-${n}-${source.n}`, value: source.n, tabindex: "-1" }, title, " ", el("span", {}, rest));
  });
  return el("details", { class: "sources" }, el("summary", {}, `${words.sources_label} (${cited.length})`), el("ol", {}, ...items));
}

/** The best way to get help in one line, and all of them on request. */
function folded(lines) {
  const [first] = lines;
  const best = el("p", { class: "help-line" }, el("strong", {}, first.name), " ", ...ways(first).slice(0, 2));
  return [best, el("details", {}, el("summary", {}, words.page_more_contacts), contacts(lines))];
}

function contacts(lines) {
  return el("ul", { class: "contacts", role: "list", "aria-label": words.contacts_label }, ...lines.map(contact));
}

function contact(line) {
  const about = [line.for, line.hours].filter(Boolean).join("; ");
  return el("li", { class: "contact" }, el("strong", {}, line.name), " ", el("span", {}, about), el("div", { class: "ways" }, ...ways(line)));
}

/** Ways to call, to text and to chat, each with its number or address in plain sight. */
function ways(line) {
  const ways = [];
  if (line.call) ways.push(number("tel", line.call, "way", [`${words.call_label} `]));
  if (line.text) {
    const word = line.keyword ? `${line.keyword} ${words.page_text_to} ` : "";
    ways.push(number("sms", line.text, "way", [`${words.text_label} ${word}`]));
  }
  if (line.chat) ways.push(link(line.chat, `${words.page_online} ${new URL(line.chat).host.replace(/^www\./, "")}`));
  return ways;
}

function choices(offered) {
  const buttons = offered.map(({ id, label }) => el("button", { type: "button", class: "choice", "data-choice": id }, label));
  return el("div", { class: "choices", role: "group", "aria-label": words.choices_label }, ...buttons);
}

/** A link to another site, in a tab of its own; only the web's own addresses become links. */
function link(url, text) {
  if (!/^https?:\/\//.test(url)) return el("span", {}, text);
  return el("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, text, hidden(` ${words.page_new_tab}`));
}
