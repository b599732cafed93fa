"""A bounded store of what was worked out, the least used thrown out first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")

COST = 64  # bytes that nothing takes, too


class Kept(Generic[Value]):
    """Values by key, as many as fit into `limit` by the sizes that `size_of` says. Callers hold a lock."""

    def __init__(self, limit: int, size_of: Callable[[Value], int]) -> None:
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._limit, self._size_of, self._size = limit, size_of, 0

    def get(self, key: Hashable, work_out: Callable[[], Value]) -> Value:
        """The value of a key, worked out where it is not kept."""
        found = self._values.get(key)
        if found is not None:
            self._values.move_to_end(key)
            return found
        found = self._values[key] = work_out()
        self._size += self._size_of(found) + COST
        while self._size > self._limit and len(self._values) > 1:
            _, dropped = self._values.popitem(last=False)
            self._size -= self._size_of(dropped) + COST
        return found
