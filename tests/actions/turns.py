"""What an action is given and what it gives back, through rasa_sdk's own classes."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.load import load_content
from bot.reply import Reply

CONTENT = load_content()


def run(action, intent, ranking=(), text="", metadata=None, confidence=0.9, **slots):
    """Let `action` answer one message: its Reply, and the other slots it set than what it offers."""
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "intent_ranking": [{"name": name, "confidence": confidence} for name, confidence in ranking],
        "metadata": metadata or {},
    }
    slots = {"topic": None, "shown": None, "first": None, "offered": None, "lang": "en", **slots}
    tracker = Tracker("session", slots, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    events = action.run(dispatcher, tracker, {})
    (said,) = dispatcher.messages
    reply = Reply.from_dict(said["custom"])
    assert said["text"] == reply.text()
    assert {event["event"] for event in events} <= {"slot"}
    assert {CONTENT.helplines[line].call for line in ("hotline", "emergency")} <= {one.call for one in reply.contacts}
    slots = {event["name"]: event["value"] for event in events}
    assert slots.pop("offered") == [choice.id for choice in reply.choices]
    return reply, slots
