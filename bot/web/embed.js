// The chat on another site: <script src="https://…/embed.js" defer></script>. A button and, once it is pressed, a panel
// with the chat in a frame. This script stays outside the frame, so it can take the whole page away when the visitor
// leaves. It reads nothing of the site, stores nothing, and opens nothing by itself. docs/embed.md tells how to use it.
(() => {
  const { words: languages, exit } = KNOWN; // put in by the server

  const script = document.currentScript;
  const chat = new URL("embed", script.src);
  const given = script.dataset;
  const lang = [given.lang, document.documentElement.lang.slice(0, 2)].find((code) => code in languages) ?? "en";
  const words = languages[lang];
  const name = given.name || words.widget_open;

  const STYLE = `
    :host { all: initial; position: fixed; inset: auto 0 0; z-index: 2147483000; pointer-events: none;
      font: 16px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; color-scheme: light dark; }
    [hidden] { display: none !important; }
    * { box-sizing: border-box; font: inherit; }
    .launcher, .panel { position: fixed; pointer-events: auto; inset-inline-end: var(--lantern-distance, 1rem); }
    .left { inset-inline: var(--lantern-distance, 1rem) auto; }
    button { min-width: 44px; min-height: 44px; padding: .5rem 1.25rem; font-weight: 600; cursor: pointer;
      color: var(--on-brand); background: var(--brand); border: 2px solid transparent; border-radius: var(--lantern-radius, 1.5rem); }
    button:focus-visible { outline: 3px solid CanvasText; outline-offset: 2px; box-shadow: 0 0 0 6px Canvas; }
    .launcher { bottom: var(--lantern-distance, 1rem); --brand: var(--lantern-color, #0b5563); background: var(--brand);
      box-shadow: 0 2px 10px rgb(0 0 0 / .3); }
    .panel { bottom: calc(var(--lantern-distance, 1rem) + 4rem); width: min(24rem, 100vw - 2rem); height: min(40rem, 100dvh - 7rem);
      display: flex; flex-direction: column; overflow: hidden; background: Canvas; color: CanvasText;
      border: 1px solid GrayText; border-radius: .75rem; box-shadow: 0 6px 30px rgb(0 0 0 / .35); }
    .bar { display: flex; align-items: center; justify-content: space-between; padding-inline-start: 1rem;
      color: var(--on-brand); background: var(--brand); font-weight: 600; }
    iframe { flex: 1; width: 100%; border: 0; }
    @media (max-width: 30rem), (max-height: 30rem) { /* the whole of a small screen, the way to close it included */
      .panel { inset: 0; width: auto; height: auto; border: 0; border-radius: 0; }
    }
    @media (forced-colors: active) { button { border-color: ButtonText; } }
    @media print { :host { display: none; } }`;

  const place = element("div", { role: "region", "aria-label": name, lang });
  const root = place.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet(); // allowed by every Content-Security-Policy
  style.replaceSync(STYLE);
  root.adoptedStyleSheets = [style];

  const side = given.position === "left" ? " left" : "";
  const launcher = element("button", { class: `launcher${side}`, "aria-expanded": "false", "aria-controls": "panel" }, name);
  const close = element("button", { "aria-label": words.widget_close }, "✕");
  const bar = element("div", { class: "bar" }, element("span", {}, name), close);
  const panel = element("div", { class: `panel${side}`, id: "panel", role: "dialog", "aria-label": name, hidden: "" }, bar);
  root.append(launcher, panel);
  if (given.color) place.style.setProperty("--lantern-color", given.color);
  document.body.append(place);

  let frame = null; // made when the panel is opened for the first time

  function open() {
    const first = frame === null;
    if (first) {
      paint();
      chat.searchParams.set("lang", lang);
      frame = element("iframe", {
        title: words.page_title,
        src: chat.href,
        referrerpolicy: "no-referrer",
        sandbox: "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox "
          + "allow-top-navigation-by-user-activation",
      });
      panel.append(frame);
      onThreeShifts(leave); // from now on anywhere on the site, as in the chat
    }
    panel.hidden = false;
    launcher.setAttribute("aria-expanded", "true");
    frame.focus();
    if (!first) tell({ lantern: "focus" });
  }

  function shut() {
    panel.hidden = true;
    launcher.setAttribute("aria-expanded", "false");
    launcher.focus();
  }

  /** Letters on the site's color are black or white, whichever can be read better. */
  function paint() {
    const brand = getComputedStyle(launcher).backgroundColor;
    const [red, green, blue] = brand.match(/[\d.]+/g).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    place.style.setProperty("--brand", brand);
    place.style.setProperty("--on-brand", light > 0.179 ? "#000" : "#fff");
    return { brand, "on-brand": light > 0.179 ? "#000" : "#fff" };
  }

  /** Cover the site, take everything away, and put another page in its place in the history. */
  function leave() {
    const cover = element("div", { role: "alert", lang }, words.page_loading);
    cover.style.cssText = "position:fixed;inset:0;display:grid;place-items:center;background:Canvas;color:CanvasText";
    document.body.replaceChildren(cover);
    document.title = "";
    for (const icon of document.querySelectorAll("link[rel~=icon]")) icon.remove();
    try {
      window.top.location.replace(exit);
    } catch {
      location.replace(exit);
    }
  }

  launcher.addEventListener("click", () => (panel.hidden ? open() : shut()));
  close.addEventListener("click", shut);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") shut();
  });
  addEventListener("message", ({ source, origin, data }) => {
    if (!frame || source !== frame.contentWindow || origin !== chat.origin) return;
    if (data?.lantern === "close") shut();
    if (data?.lantern === "ready") tell({ lantern: "begin", ...paint(), topic: given.topic });
    if (data?.lantern === "leave") {
      tell({ lantern: "leaving" });
      leave();
    }
  });

  SHIFT // shift.js, put in by the server

  function tell(message) {
    frame.contentWindow.postMessage(message, chat.origin);
  }

  function element(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  paint();
})();
