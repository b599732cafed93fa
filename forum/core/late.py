"""Libraries that take megabytes, and that most processes never come to need: brought in at the first use of one."""

from importlib import import_module
from types import ModuleType


class Late(ModuleType):
    """Stands for a module until something of it is asked for.

    Where it is used, `if TYPE_CHECKING:` imports the module itself under the same name.
    """

    def __getattr__(self, name: str) -> object:
        found = getattr(import_module(self.__name__), name)
        setattr(self, name, found)
        return found
