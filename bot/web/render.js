// A Reply (see /openapi.json) as HTML elements. Text only ever becomes text nodes, so nothing in it can act as HTML.

const words = document.body.dataset;

/** An element; strings among its children become text. Attributes that are undefined are left out. */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const hidden = (text) => el("span", { class: "hidden" }, text);

/** What the visitor typed or chose. */
export function said(text, chosen) {
  const author = chosen ? el("span", {}, `${words.youChose} `) : hidden(`${words.youSaid} `);
  return el("li", { class: "you" }, author, el("bdi", {}, text));
}

/** What Lantern answered; `n` tells this answer's sources from those of others. */
export function answered(reply, n) {
  const crisis = reply.topic === "crisis";
  const item = el("li", { class: crisis ? "reply crisis" : "reply", lang: reply.lang, dir: "auto" });
  item.append(hidden(`${words.lanternSaid} `));
  for (const { text, cites = [] } of reply.blocks) {
    const marks = cites.map((cite) => el(
      "button", { type: "button", class: "cite", "data-opens": `source-${n}-${cite}` }, hidden(`${words.source} `), `${cite}`,
    ));
    if (marks.length) marks.splice(0, marks.length, " ", el("span", { class: "cites" }, ...marks));
    item.append(el("p", {}, ...(crisis ? numbered(text, reply.contacts) : [text]), ...marks));
  }
  if (reply.sources.length) item.append(sources(reply.sources, n));
  if (reply.contacts.length) item.append(...(crisis ? [contacts(reply.contacts)] : folded(reply.contacts)));
  if (reply.choices.length) item.append(choices(reply.choices));
  return item;
}

/** The same as plain text, for the announcer. */
export function spoken(reply) {
  const parts = [words.lanternSaid, ...reply.blocks.map((block) => block.text)];
  if (reply.choices.length) parts.push(words.countChoices, reply.choices.map((choice) => choice.label).join(", "));
  return parts.join(" ");
}

/** Something is on its way; for the eye only. */
export function waitingDots() {
  return el("li", { class: "reply wait", "aria-hidden": "true" }, "•••");
}

/** The page's own card, for when there is no answer. */
export function helpCard(text) {
  const card = el("li", { class: "reply crisis" }, hidden(`${words.lanternSaid} `), el("p", {}, text));
  card.append(document.getElementById("help").content.cloneNode(true));
  return card;
}

/** `text` with the numbers of the contacts in it as links. */
function numbered(text, lines) {
  const numbers = new Map();
  for (const { call, text: message } of lines) {
    if (message) numbers.set(message, `sms:${message}`);
    if (call) numbers.set(call, `tel:${call}`);
  }
  const known = [...numbers.keys()].sort((a, b) => b.length - a.length).map((number) => number.replace(/\W/g, "\\$&"));
  if (!known.length) return [text];
  const parts = text.split(new RegExp(`(${known.join("|")})`));
  return parts.map((part) => (numbers.has(part) ? el("a", { href: numbers.get(part), class: "number" }, part) : part));
}

function sources(cited, n) {
  const items = cited.map((source) => {
    const year = source.year === "undated" ? words.undated : `${source.year}`;
    // An address with a note is somebody's copy, on a site nobody here answers for: it is shown, not linked.
    const linked = source.url && !source.note;
    const copy = linked ? [] : [source.url && new URL(source.url).host, source.note];
    const rest = [source.publisher, year, source.page, ...copy].filter(Boolean).join(", ");
    const title = linked ? link(source.url, source.title) : el("span", {}, source.title);
    return el("li", { id: `source-${n}-${source.n}`, value: source.n, tabindex: "-1" }, title, " ", el("span", {}, rest));
  });
  return el("details", { class: "sources" }, el("summary", {}, `${words.sources} (${cited.length})`), el("ol", {}, ...items));
}

/** The best way to get help in one line, and all of them on request. */
function folded(lines) {
  const [first] = lines;
  const best = el("p", { class: "help-line" }, el("strong", {}, first.name), " ", ...ways(first).slice(0, 2));
  return [best, el("details", {}, el("summary", {}, words.moreContacts), contacts(lines))];
}

function contacts(lines) {
  return el("ul", { class: "contacts", role: "list", "aria-label": words.contacts }, ...lines.map(contact));
}

function contact(line) {
  const about = [line.for, line.hours].filter(Boolean).join("; ");
  return el("li", { class: "contact" }, el("strong", {}, line.name), " ", el("span", {}, about), el("div", { class: "ways" }, ...ways(line)));
}

/** Links to call, to text and to chat, each with its number or address in plain sight. */
function ways(line) {
  const links = [];
  if (line.call) links.push(el("a", { href: `tel:${line.call}` }, `${words.call} ${line.call}`));
  if (line.text) {
    const word = line.keyword ? `${line.keyword} ${words.textWord} ` : "";
    links.push(el("a", { href: `sms:${line.text}` }, `${words.text} ${word}${line.text}`));
  }
  if (line.chat) links.push(link(line.chat, `${words.online} ${new URL(line.chat).host.replace(/^www\./, "")}`));
  return links;
}

function choices(offered) {
  const buttons = offered.map(({ id, label }) => el("button", { type: "button", class: "choice", "data-choice": id }, label));
  return el("div", { class: "choices", role: "group", "aria-label": words.choices }, ...buttons);
}

/** A link to another site, in a tab of its own; only the web's own addresses become links. */
function link(url, text) {
  if (!/^https?:\/\//.test(url)) return el("span", {}, text);
  return el("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, text, hidden(` ${words.newTab}`));
}
