"""Records: values that are frozen, equal by what they hold, with fields that are inherited and may have defaults.

They are what `dataclasses` makes, and a type checker is shown that. It is not loaded, for it imports `inspect` and compiles
every class from text as it is defined: a fifth of what it takes to have the first words on the screen. So it is with
`NamedTuple`: what annotations mean, and how one is made, is not looked at before it is asked for. Nor is `typing`
loaded for the first words (4 ms): where a module sets TYPE_CHECKING itself, a type checker takes it to be true all the same.
"""

from __future__ import annotations

__all__ = ("NamedTuple", "field", "fields", "record", "replace")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass as record
    from dataclasses import field, fields, replace
    from typing import NamedTuple
else:
    try:
        from _collections import _tuplegetter as _getter  # what `collections.namedtuple` has
    except ImportError:  # another Python than CPython
        from operator import itemgetter

        def _getter(place, _):
            return property(itemgetter(place))

    class _Tuple(tuple):
        __slots__ = ()

        def __new__(kind, /, *given, **values):
            """Compile `__new__` when the first of its class is made."""
            owner = next(each for each in kind.__mro__ if "_fields" in vars(each))
            names = ", ".join(owner._fields)
            make = eval(f"lambda _kind, {names}: _new(_kind, ({names},))", {"_new": tuple.__new__})
            make.__name__, make.__qualname__ = "__new__", f"{owner.__name__}.__new__"
            make.__defaults__ = tuple(owner._field_defaults.values())
            owner.__new__ = make
            return make(kind, *given, **values)

        @classmethod
        def _make(kind, values):
            return kind(*values)

        def _asdict(self):
            return dict(zip(self._fields, self))

        def _replace(self, /, **changed):
            made = tuple.__new__(type(self), map(changed.pop, self._fields, self))
            if changed:
                raise ValueError(f"{type(self).__name__} has no {', '.join(changed)}")
            return made

        def __getnewargs__(self):
            return tuple(self)

        def __repr__(self):
            return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in zip(self._fields, self))})"

    class _Kind(type):
        def __new__(kind, name, bases, space):
            if not bases:
                return super().__new__(kind, name, bases, space)
            made = type(name, (_Tuple,), space | {"__slots__": ()})
            names = tuple(made.__annotations__)
            made._fields = made.__match_args__ = names
            made._field_defaults = {each: space[each] for each in names if each in space}
            assert [*names][len(names) - len(made._field_defaults) :] == [*made._field_defaults], (
                "those with a default are the last"
            )
            for place, each in enumerate(names):
                setattr(made, each, _getter(place, None))
            return made

    class NamedTuple(metaclass=_Kind):
        pass

    _NEEDED = object()
    _hold = object.__setattr__

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
        """List the fields of a record or its class, in order."""
        return of._fields

    def replace(value, **changed):
        held, kind = value.__dict__, type(value)
        if not kind._known.issuperset(changed):
            raise TypeError(f"{kind.__name__} has {', '.join(kind._names)}, and was given {', '.join(changed)}")
        if len(held) > len(kind._names):  # what was worked out from them is not to be kept
            held = {name: held[name] for name in kind._names}
        made = object.__new__(kind)
        _hold(made, "__dict__", {**held, **changed})
        return made

    def record(*, frozen):
        """Make a class a record; `frozen` says aloud that it is."""
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
        kind._names, kind._known = names, frozenset(names)
        needed = {each.name for each in kind._fields if each.default is _NEEDED and not each.default_factory}
        usual = {each.name: each.default for each in kind._fields if each.default is not _NEEDED}
        made = [(each.name, each.default_factory) for each in kind._fields if each.default_factory]

        def __init__(self, *given, **values):
            for name, value in zip(names, given):
                if name in values:
                    raise TypeError(f"{kind.__name__} is given {name!r} twice")
                values[name] = value
            held = {**usual, **values}
            _hold(self, "__dict__", held)  # in one go: to fill the one that it has takes twice as long
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
        """List what is not as it would be by default."""
        for each in value._fields:
            held = getattr(value, each.name)
            if each.repr and held and held != each.default:
                yield f"{each.name}={held!r}"

    def _frozen(self, name, *value):
        raise AttributeError(f"{type(self).__name__} is frozen: {name!r} stays as it is")
