"""Gradio without the type stubs that it would write of itself at every start.

For each of its classes Gradio reads its own source and writes or compares a stub file for
editors. That is more than half of the time that importing it takes, and in vain where its
folder is read-only. It has no switch for this, so its writer is replaced before its first
class is made. Should a later Gradio name its writer otherwise, it writes again, and nothing
else changes.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

_MODULE = "gradio.component_meta"
_WRITER = "create_or_modify_pyi"


def leave_out() -> None:
    """Let a Gradio that is imported after this write no stubs; may be called again."""
    if _MODULE not in sys.modules and not any(isinstance(each, _Found) for each in sys.meta_path):
        sys.meta_path.insert(0, _Found())


def write_none(component: type, name: str, events: object) -> None:
    """Stand where Gradio's writer stood."""


class _Found(MetaPathFinder):
    """Finds the one module as Python would, and has it loaded without its writer."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != _MODULE:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loaded(spec.loader)
        return spec


class _Loaded(Loader):
    """Loads it as its own loader does."""

    def __init__(self, own: Loader) -> None:
        self._own = own

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._own.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._own.exec_module(module)
        if hasattr(module, _WRITER):
            setattr(module, _WRITER, write_none)
