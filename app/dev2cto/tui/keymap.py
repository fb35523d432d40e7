"""The keys that the learner chose: applied to the bindings and used in every text that names a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from dev2cto.keymap import by_binding, key_of, parse_keymap
from dev2cto.tui.textual_patches.internals import AppMixin
from dev2cto.tui.widgets.title_and_keys import key_name

if TYPE_CHECKING:
    from dev2cto.study.study import Study


class LearnerKeymap(AppMixin):
    """An App with the learner's keymap."""

    study: Study
    own_keys: dict[str, str]
    """Keys by action, for actions whose key the learner changed."""
    key_faults: tuple[str, ...] = ()
    """Messages about chosen keys that cannot be used."""

    def apply_keymap(self) -> None:
        """Apply the keys from the settings."""
        self.own_keys, self.key_faults = parse_keymap(self.study.settings.keys)
        self.set_keymap({id: "comma" if key == "," else key for id, key in by_binding(self.own_keys).items()})

    def key(self, action: str) -> str:
        """Return the key of an action, by its name in the keymap."""
        return key_of(self.own_keys, action)

    def key_of(self, binding: Binding) -> str:
        """Return the display name of a binding's key; the learner's key if one was chosen."""
        return by_binding(self.own_keys).get(str(binding.id)) or key_name(binding)
