"""The registry of item kinds: one module and one line here per kind."""

from dev2cto.items.base import Item
from dev2cto.items.categorise import Categorise
from dev2cto.items.cloze import Cloze
from dev2cto.items.explain import Explain
from dev2cto.items.lines import Lines
from dev2cto.items.match import Match
from dev2cto.items.matrix import Matrix
from dev2cto.items.multi import Multi
from dev2cto.items.numeric import Numeric
from dev2cto.items.order import Order
from dev2cto.items.output import Output
from dev2cto.items.say import Say
from dev2cto.items.short import Short
from dev2cto.items.single import Single
from dev2cto.yaml.decode import Decoder

KINDS: dict[str, type[Item]] = {
    "single": Single,
    "multi": Multi,
    "numeric": Numeric,
    "short": Short,
    "order": Order,
    "match": Match,
    "categorise": Categorise,
    "cloze": Cloze,
    "output": Output,
    "lines": Lines,
    "matrix": Matrix,
    "explain": Explain,
    "say": Say,
}
"""The item classes by the `kind` written in course files."""

Decoder.unions[Item] = KINDS

__all__ = ["KINDS", "Item"]
