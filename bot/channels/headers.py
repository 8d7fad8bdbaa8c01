"""What every response says about itself, and which requests another site's page has sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""For every response; a page and what other sites load replace some of them."""

FORGET = {"Clear-Site-Data": '"cache"'}
"""Nothing is stored; should a browser have done so by itself, it goes when the conversation ends. We set no cookies and
use no storage: to clear those would sign visitors out of the other sites of the domain."""

SHARED = {"Cross-Origin-Resource-Policy": "cross-origin"}
"""For what other sites may load: the widget's script and its frame."""


def page_policy(script: str, ancestors: Sequence[str] = ()) -> dict[str, str]:
    """Headers of a page that may run `script` (its hash) and our files, in frames of `ancestors` only."""
    policy = {
        "default-src": "'none'",
        "script-src": f"'self' '{script}'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": " ".join(ancestors) or "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    return {"Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items())}


def from_elsewhere(headers: Mapping[str, str]) -> bool:
    """Whether a browser says that the page of another site has sent this request.

    Programs that are no browser say nothing of the kind and may ask. So may forms of our own pages, whose origin a
    browser hides because of our Referrer-Policy.
    """
    if site := headers.get("sec-fetch-site"):
        return site not in ("same-origin", "none")
    origin = headers.get("origin", "null")
    return origin != "null" and urlsplit(origin).netloc not in (headers.get("host"), headers.get("x-forwarded-host"))
