"""Records: values that are frozen, equal by what they hold, with fields that are inherited and may have defaults.

They are what `dataclasses` makes, and a type checker is shown that. It is not loaded, for it imports `inspect` and compiles
every class from text as it is defined: a fifth of what it takes to have the first words on the screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ("field", "fields", "record", "replace")

if TYPE_CHECKING:
    from dataclasses import dataclass as record
    from dataclasses import field, fields, replace
else:
    from typing import NamedTuple

    _NEEDED = object()

    class Field(NamedTuple):
        name: str
        type: str
        default: object = _NEEDED
        default_factory: object = None
        compare: bool = True
        repr: bool = True

    def field(**said):
        return Field("", "", **said)

    def fields(of):
        """Of a record or its class, in order."""
        return of._fields

    def replace(value, **changed):
        held = value.__dict__
        return type(value)(**{each.name: held[each.name] for each in value._fields} | changed)

    def record(*, frozen):
        """What makes a class a record; `frozen` says aloud that it is."""
        assert frozen
        return _record

    def _record(kind):
        known = {each.name: each for each in getattr(kind, "_fields", ())}
        for name, meant in kind.__annotations__.items():
            given = kind.__dict__.get(name, _NEEDED)
            known[name] = (given if isinstance(given, Field) else Field("", "", given))._replace(name=name, type=meant)
            if isinstance(given, Field):
                delattr(kind, name)
        kind._fields = tuple(known.values())
        names = tuple(known)
        needed = {each.name for each in kind._fields if each.default is _NEEDED and not each.default_factory}
        usual = {each.name: each.default for each in kind._fields if each.default is not _NEEDED}
        made = [(each.name, each.default_factory) for each in kind._fields if each.default_factory]

        def __init__(self, *given, **values):
            for name, value in zip(names, given):
                if name in values:
                    raise TypeError(f"{kind.__name__} is given {name!r} twice")
                values[name] = value
            held = self.__dict__
            held.update(usual)
            held.update(values)
            for name, make in made:
                if name not in values:
                    held[name] = make()
            if len(held) != len(names) or len(given) > len(names) or not values.keys() >= needed:
                raise TypeError(f"{kind.__name__} has {', '.join(names)}, and was given {', '.join(values)}")

        compared = tuple(each.name for each in kind._fields if each.compare)

        def held(self):
            return [self.__dict__[name] for name in compared]

        def __eq__(self, other):
            return held(self) == held(other) if type(self) is type(other) else NotImplemented

        def __hash__(self):
            return hash(tuple(held(self)))

        def __repr__(self):
            return f"{type(self).__name__}({', '.join(_shown(self))})"

        for method in (__init__, __eq__, __hash__, __repr__):
            setattr(kind, method.__name__, method)
        kind.__setattr__ = kind.__delattr__ = _frozen
        return kind

    def _shown(value):
        """What of it is not as it would be by default."""
        for each in value._fields:
            held = getattr(value, each.name)
            if each.repr and held and held != each.default:
                yield f"{each.name}={held!r}"

    def _frozen(self, name, *value):
        raise AttributeError(f"{type(self).__name__} is frozen: {name!r} stays as it is")
