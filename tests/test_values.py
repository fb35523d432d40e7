"""The dataclass whose methods come later behaves as the standard one from the first call on."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from dev2cto import values

Maker = Callable[..., Any]


def standard(**options: bool) -> Any:
    return dataclasses.dataclass(**options)


def later(**options: bool) -> Any:
    return values.dataclass(**options)


BOTH = pytest.mark.parametrize("make", [standard, later])


def shapes(make: Maker) -> tuple[Any, Any, Any]:
    """A base, a class on it, and one with everything else, made by that decorator."""

    @make(frozen=True, slots=True, kw_only=True)
    class Base:
        """Where it stands."""

        where: str = dataclasses.field(default="", compare=False, repr=False)

    @make(frozen=True, slots=True, kw_only=True)
    class Child(Base):
        """A class on a base."""

        id: str
        parts: tuple[int, ...] = ()
        names: dict[str, int] = dataclasses.field(default_factory=dict)

        def __repr__(self) -> str:
            return f"<{self.id}>"

    @make(frozen=True, slots=True, order=True)
    class Pair:
        """Two values."""

        a: int
        b: str = "b"
        length: int = dataclasses.field(init=False, default=0, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "length", len(self.b))

    return Base, Child, Pair


@BOTH
def test_objects_are_made_compared_and_shown(make: Maker) -> None:
    base, child, pair = shapes(make)
    assert base(where="x") == base(where="y")
    assert repr(child(id="c")) == "<c>"
    assert child(id="c", names={"a": 1}) != child(id="c")
    assert child(id="c").names is not child(id="c").names
    assert repr(pair(1)).endswith("Pair(a=1, b='b', length=1)")
    assert pair(1) == pair(1, "b")
    assert hash(pair(1)) == hash(pair(1))
    assert pair(1) < pair(2)
    assert sorted([pair(2), pair(1, "c"), pair(1)]) == [pair(1), pair(1, "c"), pair(2)]
    assert pair(3, "long").length == 4
    assert pair(1) != (1, "b")


@BOTH
def test_wrong_use_is_refused(make: Maker) -> None:
    base, child, pair = shapes(make)
    with pytest.raises(TypeError, match="positional"):
        base("x")
    with pytest.raises(TypeError, match="id"):
        child()
    with pytest.raises(TypeError, match="c"):
        pair(1, c=2)
    with pytest.raises(dataclasses.FrozenInstanceError, match="'a'"):
        pair(1).a = 2
    with pytest.raises(dataclasses.FrozenInstanceError, match="'a'"):
        del pair(1).a
    assert not hasattr(pair(1), "__dict__")


@BOTH
def test_the_standard_tools_know_them(make: Maker) -> None:
    _, child, pair = shapes(make)
    assert [dataclasses.is_dataclass(cls) for cls in (child, pair)] == [True, True]
    assert [f.name for f in dataclasses.fields(child)] == ["where", "id", "parts", "names"]
    assert dataclasses.asdict(pair(1)) == {"a": 1, "b": "b", "length": 1}
    assert dataclasses.replace(pair(1), b="cc") == pair(1, "cc")
    assert copy.copy(pair(1)) == pair(1)
    assert copy.deepcopy(child(id="c", names={"a": 1})).names == {"a": 1}
    match pair(7, "seven"):
        case pair(a, b):
            assert (a, b) == (7, "seven")
        case _:
            pytest.fail("no match")


@BOTH
def test_what_can_change_has_no_hash(make: Maker) -> None:
    @make(slots=True)
    class Counter:
        """Counts."""

        n: int = 0

    counter = Counter()
    counter.n += 1
    other = Counter()
    assert counter != other
    other.n = 1
    assert counter == other
    with pytest.raises(TypeError, match="unhashable"):
        hash(counter)


@BOTH
def test_an_unpickled_object_may_be_the_first(make: Maker) -> None:
    _, _, pair = shapes(make)
    bare = pair.__new__(pair)
    bare.__setstate__([1, "b", 1])
    assert bare == pair(1)
    assert bare.__getstate__() == [1, "b", 1]


def test_methods_are_made_when_they_are_called() -> None:
    made: list[str] = []

    def watched(*args: Any, **kwargs: Any) -> Any:
        made.append(args[0])
        return true(*args, **kwargs)

    true = dataclasses.make_dataclass
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dataclasses, "make_dataclass", watched)
        _, _, pair = shapes(later)
        assert made == []
        one = pair(1)
        assert made == ["Pair"]
        assert one == pair(1)
        assert hash(one) == hash(pair(1))
        assert made == ["Pair", "Pair"]
