"""Pictures of the page for the documents, and for whoever changes it to look at: `make pictures`.

It starts the real server and drives a real browser, as the tests do, and writes `docs/pictures/*.png`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from bot.runtime import model
from tests.browser.conftest import CHROMIUM, QUIET, Visit
from tests.browser.states import STATES
from tests.browser.test_widget import Site
from tests.conftest import ROOT, Server

FOLDER = ROOT / "docs" / "pictures"
DESK = {"viewport": {"width": 1100, "height": 720}}
PHONE = {"viewport": {"width": 360, "height": 720}, "has_touch": True, "is_mobile": True, "device_scale_factor": 1.5}
CRISIS = "my boyfriend makes me sleep with people for money"

Act = Callable[[Visit], Any]


def _open_widget(visitor: Visit) -> None:
    visitor.page.get_by_role("button", name="Safety facts").click()
    frame = visitor.page.frame_locator("iframe")
    frame.locator("#start [data-choice=signs]").click()
    expect(frame.locator("#transcript > .reply .cite").first).to_be_visible()


PICTURES: dict[str, tuple[dict[str, Any], Act]] = {
    "start": (DESK, STATES["start"]),
    "start-phone": (PHONE, STATES["start"]),
    "answer": (DESK, STATES["source"]),
    "answer-phone": (PHONE, STATES["answer"]),
    "crisis-phone": (PHONE, lambda visitor: visitor.ask(CRISIS)),
    "crisis-dark": ({**DESK, "color_scheme": "dark"}, lambda visitor: visitor.ask(CRISIS)),
    "offline": (PHONE, STATES["offline"]),
    "hidden": (DESK, STATES["hidden"]),
    "forced-colors": ({**DESK, "forced_colors": "active"}, STATES["choices used"]),
    "no-scripts": ({**DESK, "java_script_enabled": False}, lambda visitor: visitor.page.locator("#form").is_visible()),
    "widget": (DESK, _open_widget),
}


def take(browser: Browser, server: str, site: Site) -> None:
    """All pictures."""
    for name, (options, act) in PICTURES.items():
        context = browser.new_context(**options)
        address = f"{site.url}/" if name == "widget" else f"{server}/"
        visitor = Visit(context, (server, site.url), address)
        act(visitor)
        picture = Image.open(BytesIO(visitor.page.screenshot(animations="disabled")))
        picture.quantize(64).save(FOLDER / f"{name}.png", optimize=True)
        context.close()


def main() -> None:
    site = Site()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        server = Server(model.model_path(), log, LANTERN_EMBED_ORIGINS=site.url)
        try:
            server.wait()
            site.chat = server.url
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
                take(browser, server.url, site)
                browser.close()
        finally:
            server.stop()


if __name__ == "__main__":
    main()
