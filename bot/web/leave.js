// Leaving fast: the link at the top, or Shift pressed three times. It stands in the page itself, so that it works before
// anything else has arrived, and also when nothing else does. Others hear of it by the event "leave".
{
  const PATIENCE = 100; // ms that the site around our frame has to take over
  const exit = document.getElementById("exit");
  const target = exit.href;
  const framed = window.parent !== window;

  /** Cover the page, empty it, have everything forgotten, and put another page in its place in the history. */
  function leave() {
    const cover = document.createElement("div");
    cover.className = "cover";
    cover.setAttribute("role", "alert");
    cover.textContent = JSON.parse(document.body.dataset.words).page_loading;
    delete document.body.dataset.words;
    document.body.replaceChildren(cover); // the cover comes and all else goes in one step
    document.title = "";
    document.querySelector("link[rel=icon]").remove();
    dispatchEvent(new Event("leave"));
    if (!framed) return location.replace(target);
    window.parent.postMessage({ lantern: "leave" }, "*");
    const unaided = setTimeout(replaceTop, PATIENCE);
    addEventListener("message", ({ source, data }) => {
      if (source === window.parent && data?.lantern === "leaving") clearTimeout(unaided);
    });
  }

  /** Without help from the site around us: browsers allow it right after a click or a key, some sandboxes never. */
  function replaceTop() {
    try {
      window.top.location.replace(target);
    } catch {
      location.replace(target);
    }
  }

  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  SHIFT // shift.js, put in by the server
  onThreeShifts(leave);

  // A closed tab, a reload, a link followed in this tab. A page that comes back from the browser's memory starts clean.
  addEventListener("pagehide", () => dispatchEvent(new Event("leave")));
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
