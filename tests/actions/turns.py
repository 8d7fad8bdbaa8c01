"""What an action is given and what it gives back, through rasa_sdk's own classes."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.load import load_content
from bot.reply import Reply

CONTENT = load_content()


def run(action, intent, ranking=(), text="", metadata=None, **slots):
    """Let `action` answer one message: its Reply, and the slots it set."""
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": 0.9},
        "intent_ranking": [{"name": name, "confidence": confidence} for name, confidence in ranking],
        "metadata": metadata or {},
    }
    slots = {"topic": None, "shown": None, "lang": "en", **slots}
    tracker = Tracker("session", slots, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    events = action.run(dispatcher, tracker, {})
    (said,) = dispatcher.messages
    reply = Reply.from_dict(said["custom"])
    assert said["text"] == reply.text()
    assert {event["event"] for event in events} <= {"slot"}
    assert {CONTENT.helplines[line].name["en"] for line in ("hotline", "emergency")} <= {
        one.name for one in reply.contacts
    }
    return reply, {event["name"]: event["value"] for event in events}
