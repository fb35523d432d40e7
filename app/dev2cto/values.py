"""`dataclass` as in the standard library, except that its methods are made when they are first called.

The standard decorator compiles up to seven methods for every class while a module is imported, some four million
instructions for each class; that was a third of what `dev2cto next` cost. A start loads many classes of which it
makes no object, and compares or prints hardly any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses

    def dataclass(**options: bool) -> Any:
        """`dataclasses.dataclass` with these options; a class that writes a method itself keeps its own."""
        shape = {name: value for name, value in options.items() if name in ("slots", "kw_only")}

        def declare(written: type) -> type:
            cls = dataclasses.dataclass(written, init=False, repr=False, eq=False, **shape)
            own = vars(written)
            for names in (["__init__"], others(options)):
                missing = [name for name in names if name not in own]
                for name in missing:
                    setattr(cls, name, first_call(cls, name, missing, options))
            if options.get("frozen"):
                cls.__setattr__, cls.__delattr__ = refuse_to_set, refuse_to_delete
            elif "__hash__" not in own:
                cls.__hash__ = None
            return cls

        return declare

    def others(options: dict[str, bool]) -> list[str]:
        """The methods beside `__init__` that the standard decorator compiles for a class with these options."""
        names = ["__repr__", "__eq__"]
        if options.get("frozen"):
            names += ["__hash__", "__getstate__", "__setstate__"] if options.get("slots") else ["__hash__"]
        return [*names, "__lt__", "__le__", "__gt__", "__ge__"] if options.get("order") else names

    def first_call(cls: type, name: str, together: list[str], options: dict[str, bool]) -> Any:
        """A method that puts the true ones in the places of all those named, and then does what the true one does."""

        def method(self: Any, *args: Any, **kwargs: Any) -> Any:
            complete(cls, together, options)
            return getattr(cls, name)(self, *args, **kwargs)

        return method

    def complete(cls: type, names: list[str], options: dict[str, bool]) -> None:
        """Take those methods from a class with the same fields that the standard decorator has made."""
        making = "__init__" in names
        wanted = {"frozen": bool(options.get("frozen")), "repr": not making, "eq": not making, "init": making}
        if not making:
            wanted |= {name: options[name] for name in ("slots", "order") if name in options}
        namespace = {"__doc__": cls.__name__, "__module__": cls.__module__}
        if hasattr(cls, "__post_init__"):
            namespace["__post_init__"] = cls.__post_init__
        fields = [(f.name, Any, copied(f)) for f in dataclasses.fields(cls)]
        made = vars(dataclasses.make_dataclass(cls.__name__, fields, namespace=namespace, **wanted))
        for name in names:
            setattr(cls, name, made[name])

    def copied(field: Any) -> Any:
        """A field like that one, for another class."""
        taken = ("default", "default_factory", "init", "repr", "hash", "compare", "metadata", "kw_only")
        return dataclasses.field(**{name: getattr(field, name) for name in taken})

    def refuse_to_set(self: Any, name: str, value: Any) -> NoReturn:
        """Nothing changes in a frozen object."""
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def refuse_to_delete(self: Any, name: str) -> NoReturn:
        """Nothing goes from a frozen object."""
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
