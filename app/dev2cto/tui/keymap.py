"""The learner's own keys in the app: laid over the bindings, and named wherever keys are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App
from textual.binding import Binding

from dev2cto.keymap import by_binding, key_of, parse_keymap
from dev2cto.tui.widgets.title_and_keys import key_name

if TYPE_CHECKING:
    from dev2cto.study.study import Study


class LearnerKeymap(App[int], inherit_bindings=False):
    """An App whose commands have the keys that the learner chose."""

    study: Study
    own_keys: dict[str, str]
    """Names of actions to keys, where they are not the usual ones."""
    key_faults: tuple[str, ...] = ()
    """What of the learner's choice cannot be used."""

    def apply_keymap(self) -> None:
        """Use the keys that the learner chose."""
        self.own_keys, self.key_faults = parse_keymap(self.study.settings.keys)
        self.set_keymap({id: "comma" if key == "," else key for id, key in by_binding(self.own_keys).items()})

    def key(self, action: str) -> str:
        """The key of a command."""
        return key_of(self.own_keys, action)

    def key_of(self, binding: Binding) -> str:
        """What the key of a binding is called, the learner's own where there is one."""
        return by_binding(self.own_keys).get(str(binding.id)) or key_name(binding)
