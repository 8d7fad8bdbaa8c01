"""What is kept of a conversation: a few slots, for a while, and nothing else."""

import copy
import gc
import types

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.utils.endpoints import EndpointConfig

from bot import server
from bot.runtime.conversations import MINUTES, ConversationStore
from bot.safety.memory import Memory
from bot.safety.net import State

pytestmark = pytest.mark.filterwarnings("ignore:Slot auto-fill")  # Rasa says so for every domain

CANARY = "qzx" + "canary"
UNCONSIDERED = {"influence_conversation": False, "mappings": [{"type": "custom"}]}
SLOTS = {
    "topic": {"type": "text", **UNCONSIDERED},
    "shown": {"type": "any", **UNCONSIDERED},
    "lang": {"type": "text", "initial_value": "en", **UNCONSIDERED},
}


def domain(slots=SLOTS):
    """A domain of its own; Rasa takes the dict apart that it is made from."""
    return Domain.from_dict(copy.deepcopy({"intents": ["signs"], "slots": slots, "actions": ["action_answer"]}))


@pytest.fixture
def clock():
    """A clock that stands still until it is set forward: `clock.now += 1`."""
    clock = types.SimpleNamespace(now=1000.0)
    clock.read = lambda: clock.now
    return clock


@pytest.fixture
def store(clock):
    return ConversationStore(domain(), timer=clock.read)


async def talk(store, sender="a", text="hello", **slots):
    """One turn, as Rasa would have it."""
    tracker = await store.get_or_create_tracker(sender)
    tracker.update(UserUttered(text, intent={"name": "signs", "confidence": 1.0}))
    tracker.update(ActionExecuted("action_answer"))
    for name, value in slots.items():
        tracker.update(SlotSet(name, value))
    tracker.update(BotUttered(f"an answer to {text}", metadata={"utter": text}))
    await store.save(tracker)


def kept_in(store):
    """What lies in memory, expired or not: a look through the door would sweep."""
    return list(store._kept._Cache__data)


async def slots_of(store, sender="a"):
    tracker = await store.retrieve(sender)
    return tracker and {name: tracker.get_slot(name) for name in SLOTS}


async def test_slots_survive(store):
    await talk(store, topic="signs", shown=3)
    assert await slots_of(store) == {"topic": "signs", "shown": 3, "lang": "en"}
    await talk(store, shown=6, lang="es")
    assert await slots_of(store) == {"topic": "signs", "shown": 6, "lang": "es"}
    await talk(store, topic=None)
    assert await slots_of(store) == {"topic": None, "shown": 6, "lang": "es"}


async def test_what_is_retrieved_waits_for_a_message_in_a_running_session(store):
    await talk(store, topic="signs")
    tracker = await store.retrieve("a")
    assert tracker.latest_action_name == "action_listen"
    assert [type(event) for event in tracker.events] == [SessionStarted, SlotSet, ActionExecuted]
    assert tracker.latest_message.text is None


async def test_every_turn_costs_the_same(store):
    for turn in range(50):
        await talk(store, text=f"message {turn}", topic="signs", shown=turn)
    assert len((await store.retrieve("a")).events) == 4


async def test_no_word_is_kept(store):
    await talk(store, text=CANARY, topic="signs")
    await talk(store, text=CANARY, shown=2)
    assert "signs" in everything_in(store)
    assert CANARY not in everything_in(store)
    assert CANARY not in repr(vars(store))


def everything_in(root):
    """Every string that can be reached from an object, joined; what belongs to classes and modules is left out."""
    found, seen, todo = [], set(), [root]
    while todo:
        here = todo.pop()
        if id(here) in seen or isinstance(here, type | types.ModuleType | types.FunctionType):
            continue
        seen.add(id(here))
        found += [here] if isinstance(here, str) else []
        todo += gc.get_referents(here)
    return "\n".join(found)


async def test_conversations_are_kept_apart(store):
    await talk(store, "a", topic="signs")
    await talk(store, "b", topic="myths")
    assert [(await slots_of(store, sender))["topic"] for sender in ("a", "b")] == ["signs", "myths"]
    assert await store.keys() == ["a", "b"]


async def test_one_that_is_silent_is_forgotten(store, clock):
    await talk(store, "a", topic="signs")
    clock.now += MINUTES * 60 - 1
    assert await store.exists("a") and await slots_of(store)
    clock.now += 1
    assert not await store.exists("a")
    assert await store.retrieve("a") is None
    assert await store.keys() == []
    assert kept_in(store) == []


async def test_a_message_starts_the_time_again_but_looking_does_not(store, clock):
    await talk(store, "a", topic="signs")
    await talk(store, "b", topic="signs")
    clock.now += MINUTES * 60 - 1
    await talk(store, "a")
    await store.retrieve("b")
    clock.now += 1
    assert await store.keys() == ["a"]


async def test_what_expired_is_given_back_even_if_nobody_asks_for_it(store, clock):
    await talk(store, "a", topic="signs")
    clock.now += MINUTES * 60
    await talk(store, "b")
    assert kept_in(store) == ["b"]


async def test_what_expired_goes_also_when_nobody_writes_any_more(store, clock):
    memory = Memory(timer=clock.read)
    memory.keep("a", State(suspicion=1.0))
    await talk(store, "a", topic="signs")
    app = types.SimpleNamespace(ctx=types.SimpleNamespace(agent=types.SimpleNamespace(tracker_store=store)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(server, "default_guard", lambda: types.SimpleNamespace(memory=memory))
        server.sweep_once(app)
        assert kept_in(store) == kept_in(memory) == ["a"]
        clock.now += MINUTES * 60
        server.sweep_once(app)
    assert kept_in(store) == kept_in(memory) == []


async def test_beyond_the_limit_the_one_silent_for_longest_goes(clock):
    store = ConversationStore(domain(), most=2, timer=clock.read)
    for sender in ("a", "b", "a", "c"):
        await talk(store, sender)
        assert len(kept_in(store)) <= 2
    assert await store.keys() == ["a", "c"]


async def test_who_leaves_is_forgotten_at_once(store):
    await talk(store, "a", topic="signs")
    await talk(store, "b", topic="signs")
    await store.forget("a")
    await store.forget("a")
    await store.forget("never seen")
    assert (await store.exists("a"), await store.retrieve("a"), await store.keys()) == (False, None, ["b"])


@pytest.mark.parametrize("sender", ["never seen", ""])
async def test_who_was_never_seen_is_unknown(store, sender):
    assert (await store.exists(sender), await store.retrieve(sender)) == (False, None)


async def test_a_slot_of_an_older_model_is_left_behind(clock, caplog):
    store = ConversationStore(domain({**SLOTS, "mood": {**SLOTS["topic"]}}), timer=clock.read)
    await talk(store, topic="signs", mood="curious")
    store.domain = domain()
    tracker = await store.retrieve("a")
    assert "mood" not in tracker.slots and caplog.text == ""
    assert await slots_of(store) == {"topic": "signs", "shown": None, "lang": "en"}


async def test_rasa_makes_it_from_its_configuration(clock):
    name = f"{ConversationStore.__module__}.{ConversationStore.__name__}"
    store = TrackerStore.create(EndpointConfig(type=name, minutes=1, most=1, timer=clock.read), domain())
    store = getattr(store, "_tracker_store", store)  # Rasa wraps it to survive failures
    assert isinstance(store, ConversationStore)
    await talk(store, "a")
    clock.now += 59
    assert await store.exists("a")
    clock.now += 1
    assert not await store.exists("a")
