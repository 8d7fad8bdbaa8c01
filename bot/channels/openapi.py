"""The HTTP contract as an OpenAPI 3.1 description, made from the types that serve it."""

from __future__ import annotations

from typing import Any

import msgspec

REF = "#/components/schemas/{name}"


def description(chat_request: type, chat_response: type, end_request: type) -> dict[str, Any]:
    """The OpenAPI document for the web channel."""
    (asked, answered, ended), schemas = msgspec.json.schema_components(
        [chat_request, chat_response, end_request], ref_template=REF
    )
    schemas["Error"] = {
        "type": "object",
        "required": ["error", "contacts"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["code", "message"],
                "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
            },
            "contacts": {"type": "array", "items": {"$ref": REF.format(name="Contact")}},
        },
    }
    error = {
        "description": "What went wrong, and the help lines",
        **_json({"$ref": REF.format(name="Error")}),
    }
    errors = dict.fromkeys(("400", "403", "413", "415", "429", "500"), error)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Lantern", "version": "1", "description": "Ask a question, get a cited answer."},
        "paths": {
            "/chat": {
                "post": {
                    "summary": "Ask a text or press a choice; send session null to begin",
                    "requestBody": {"required": True, **_json(asked)},
                    "responses": {"200": {"description": "The answer", **_json(answered)}, **errors},
                }
            },
            "/chat/end": {
                "post": {
                    "summary": "Forget a conversation now",
                    "requestBody": {"required": True, **_json(ended)},
                    "responses": {"204": {"description": "Forgotten"}, **errors},
                }
            },
            "/healthz": {"get": {"summary": "The process is alive", "responses": {"200": {"description": "Alive"}}}},
            "/readyz": {
                "get": {
                    "summary": "The model is loaded",
                    "responses": {"200": {"description": "Ready"}, "503": {"description": "Still loading"}},
                }
            },
        },
        "components": {"schemas": schemas},
    }


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}
