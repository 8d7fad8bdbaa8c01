// What the chat and the site around it (embed.js) tell each other when it stands in a frame. Nothing that is said here
// goes to that site: it learns only that the visitor leaves, or closes the panel.

const COLOR = /^(rgba?|hsla?|oklch)\([\d.,%/ ]+\)$|^#[\da-f]{3,8}$/i;

/** `ask(topic)` sends a topic's button, `focus()` goes to the box; does nothing when the page is not in a frame. */
export function listen({ ask, focus }) {
  if (window.parent === window) return;
  const tell = (what) => window.parent.postMessage({ lantern: what }, "*");
  addEventListener("message", ({ source, data }) => {
    if (source !== window.parent || !data?.lantern) return;
    if (data.lantern === "focus") focus();
    if (data.lantern === "begin") {
      for (const name of ["brand", "on-brand"]) {
        if (COLOR.test(data[name])) document.documentElement.style.setProperty(`--${name}`, data[name]);
      }
      if (typeof data.topic === "string") ask(data.topic);
    }
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) tell("close");
  });
  tell("ready");
}
