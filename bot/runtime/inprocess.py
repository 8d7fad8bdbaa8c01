"""Custom actions without a second server.

Rasa sends each custom action over HTTP to an action server, 18 ms away, and says nothing at all when that server is
down. Unless `endpoints.yml` names such a server, Lantern runs the same rasa_sdk classes in the process that asks.
"""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

PACKAGE = "actions"


class InProcessActions(EndpointConfig):
    """Stands where Rasa expects the address of an action server, and runs the actions itself."""

    def __init__(self, package: str = PACKAGE) -> None:
        super().__init__(url="in-process")
        self._package = package
        self._executor: ActionExecutor | None = None

    async def request(self, *args: Any, json: dict[str, Any], **kwargs: Any) -> dict[str, Any] | None:
        """Run the action that `json` asks for; the answer has the form of an action server's."""
        if self._executor is None:  # on first use: importing the actions reads the content
            executor = ActionExecutor()
            executor.register_package(self._package)
            self._executor = executor
        result: dict[str, Any] | None = await self._executor.run(json)
        return result


def run_actions_in_process() -> None:
    """Make this the default wherever Rasa has no action server configured.

    Rasa offers no hook for it: `RemoteAction` is what holds the address, so its constructor is where the default goes.
    It also checks what a strange server sent back against a JSON schema, which takes longer than all the rest of a
    message; what comes from rasa_sdk in this very process needs no such check.
    """
    here = InProcessActions()
    construct, validate = RemoteAction.__init__, RemoteAction._validate_action_result

    def init(self: RemoteAction, name: str, action_endpoint: EndpointConfig | None) -> None:
        construct(self, name, action_endpoint or here)

    def validate_remote(self: RemoteAction, result: dict[str, Any]) -> bool:
        return self.action_endpoint is here or bool(validate(self, result))

    RemoteAction.__init__, RemoteAction._validate_action_result = init, validate_remote
