"""Rules about references: ids, lists, sections, terms, sources and facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dev2cto.course.check.course_snapshot import CourseSnapshot
from dev2cto.course.check.rules import Finding, Rule
from dev2cto.course.check.text_fields import texts, without_code
from dev2cto.course.model import Reading
from dev2cto.exercises.base import Exercise
from dev2cto.exercises.survey import Survey
from dev2cto.items.base import Item
from dev2cto.markdown.parser import MARK
from dev2cto.yaml.decode import SourceObject, did_you_mean
from dev2cto.yaml.tree import PathStep

SourceRef = tuple[str, SourceObject, tuple[PathStep, ...]]


def listed(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report readings and exercises that module.yaml lists but that do not exist, or that it does not list."""
    for module in snapshot.modules:
        if module.head is None:
            continue
        for field, names, found in (
            ("readings", module.head.readings, module.readings),
            ("exercises", module.head.exercises, module.exercises),
        ):
            existing = {each.value.id: each.value for each in found}
            for n, name in enumerate(names):
                if name not in existing and name not in snapshot.broken:
                    hint = did_you_mean(name, existing)
                    yield Finding(module.head, (field, n), f"{name} is listed, but no file has this id", hint)
                if name in names[:n]:
                    yield Finding(module.head, (field, n), f"{name} is listed twice")
            for name, value in existing.items():
                if name not in names:
                    yield Finding(value, ("id",), f"{name} is not listed under {field!r} in module.yaml")


def unique(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report duplicate ids, sources, facts, terms and steps."""
    sources: list[SourceRef] = [(source.id, source, ("id",)) for source in snapshot.sources.sources]
    facts: list[SourceRef] = [(fact.id, fact, ("id",)) for fact in snapshot.facts.facts]
    terms: list[SourceRef] = [(term.term.casefold(), term, ("term",)) for term in snapshot.glossary.terms]
    steps: list[SourceRef] = [(module.head.step, module.head, ("step",)) for module in snapshot.modules if module.head]
    kinds: tuple[tuple[str, Iterable[SourceRef]], ...] = (
        ("id", _ids(snapshot)),
        ("source", sources),
        ("fact", facts),
        ("term", terms),
        ("step", steps),
    )
    for what, places in kinds:
        seen: dict[str, str] = {}
        for name, at, path in places:
            if name in seen:
                yield Finding(at, path, f"duplicate {what} {name!r} in the course", f"first used in {seen[name]}")
            else:
                seen[name] = f"{at.where.path}:{at.where.mark(*path).line}"


def _ids(snapshot: CourseSnapshot) -> Iterator[SourceRef]:
    for module in snapshot.modules:
        if module.head:
            yield module.head.id, module.head, ("id",)
            for n, objective in enumerate(module.head.objectives):
                yield objective.id, module.head, ("objectives", n, "id")
        for name, thing in _things(snapshot, module.folder):
            yield name, thing, ("id",)


def _things(snapshot: CourseSnapshot, folder: str = "") -> Iterator[tuple[str, Reading | Item | Exercise]]:
    for module in snapshot.modules:
        if folder in ("", module.folder):
            yield from ((found.value.id, found.value) for found in module.readings)
            yield from ((item.id, item) for item in module.items)
            yield from ((found.value.id, found.value) for found in module.exercises)


def objectives(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report references to unknown objectives."""
    known = snapshot.objectives | snapshot.broken
    for _, thing in _things(snapshot):
        if isinstance(thing, Item):
            wanted: list[tuple[str, tuple[PathStep, ...]]] = [(thing.objective, ("objective",))]
        else:
            wanted = [(name, ("objectives", n)) for n, name in enumerate(thing.objectives)]
        for name, steps in wanted:
            if name not in known:
                hint = did_you_mean(name, snapshot.objectives)
                yield Finding(thing, steps, f"no module has the objective {name}", hint)


def sections(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report items that refer to an unknown section."""
    for module in snapshot.modules:
        for item in module.items:
            if item.read and item.read not in snapshot.sections and item.read.partition(".")[0] not in snapshot.broken:
                hint = did_you_mean(item.read, snapshot.sections)
                yield Finding(item, ("read",), f"there is no section {item.read}", hint)


def inline_checks(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report sections whose inline check is not in the module's bank."""
    for module in snapshot.modules:
        bank = {item.id for item in module.items}
        for found in module.readings:
            for n, section in enumerate(found.value.sections):
                if section.check and section.check not in bank | snapshot.broken:
                    message = f"the module's bank has no item {section.check}"
                    yield Finding(found.value, ("sections", n, "check"), message, did_you_mean(section.check, bank))


def final_checks(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report sections whose inline check is reserved for the final form."""
    for module in snapshot.modules:
        kept = {item.id for item in module.items if item.final_form}
        for found in module.readings:
            for n, section in enumerate(found.value.sections):
                if section.check in kept:
                    message = f"{section.check} is reserved for the final form"
                    yield Finding(found.value, ("sections", n, "check"), message, "use another item here")


def terms(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report terms of readings that are not in the glossary, and references in the glossary to unknown readings."""
    known = {term.term.casefold() for term in snapshot.glossary.terms}
    readings = {found.value.id for module in snapshot.modules for found in module.readings}
    for module in snapshot.modules:
        for found in module.readings:
            for n, term in enumerate(found.value.terms):
                if term.casefold() not in known:
                    hint = did_you_mean(term, known)
                    yield Finding(found.value, ("terms", n), f"{term!r} is not in the glossary", hint)
    for entry in snapshot.glossary.terms:
        for n, name in enumerate(entry.see):
            if name not in readings | snapshot.broken:
                yield Finding(entry, ("see", n), f"there is no reading {name}", did_you_mean(name, readings))


def citations(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report citations of unknown sources or facts, and sources that are listed but not cited."""
    sources = {source.id for source in snapshot.sources.sources}
    facts = {fact.id for fact in snapshot.facts.facts}
    used = {fact.source for fact in snapshot.facts.facts}
    for part in snapshot.parts():
        cited = set()
        allowed = set(part.sources) if isinstance(part, Reading) else sources
        for text in texts(part):
            for found in MARK.finditer(without_code(text.text)):
                name = found[2]
                known, what = (sources, "source") if found[1] == "@" else (facts, "fact")
                if name not in known:
                    message, hint = f"there is no {what} {name}", did_you_mean(name, known)
                    yield Finding(part, text.steps, message, hint, found.start())
                elif found[1] == "@" and name not in allowed:
                    message = f"{name} is cited, but not listed under 'sources'"
                    yield Finding(part, text.steps, message, "list it", found.start())
                if found[1] == "@":
                    cited.add(name)
        used |= cited
        for n, name in enumerate(part.sources if isinstance(part, Reading) else ()):
            if name not in cited:
                yield Finding(part, ("sources", n), f"{name} is listed, but not cited in the reading")
    for source in snapshot.sources.sources:
        if source.id not in used and not snapshot.broken:
            yield Finding(source, ("id",), f"the source {source.id} is never cited")


def renamed(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report entries under `renamed` whose new id does not exist, or whose old id still does."""
    ids = {name for name, _, _ in _ids(snapshot)} | snapshot.sections
    for old, new in snapshot.course.renamed.items():
        if new not in ids | snapshot.broken:
            yield Finding(snapshot.course, ("renamed", old), f"{old} was renamed to {new}, which does not exist")
        if old in ids:
            yield Finding(snapshot.course, ("renamed", old), f"{old} was renamed, but is still in use")


def survey_modules(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report survey statements about something that is neither a module of the course nor a subject of the survey."""
    modules = {module.head.id for module in snapshot.modules if module.head}
    if not all(module.head for module in snapshot.modules):
        return
    for _, thing in _things(snapshot):
        if not isinstance(thing, Survey):
            continue
        known = modules | set(thing.subjects)
        for n, statement in enumerate(thing.statements):
            if statement.module not in known | snapshot.broken:
                hint = did_you_mean(statement.module, known)
                yield Finding(thing, ("statements", n, "module"), f"there is no module {statement.module}", hint)


def surveys_repeated(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report surveys that repeat something other than a survey with statements."""
    surveys = {id: thing for id, thing in _things(snapshot) if isinstance(thing, Survey)}
    own = {id for id, survey in surveys.items() if survey.again is None}
    for survey in surveys.values():
        if survey.again is not None and survey.again not in own | snapshot.broken:
            message = f"there is no survey {survey.again} with statements"
            yield Finding(survey, ("again",), message, did_you_mean(survey.again, own, all_of=True))


RULES = (
    Rule("C411", "module.yaml does not match the files", "course", listed),
    Rule("C412", "a duplicate id", "course", unique),
    Rule("C413", "an unknown objective", "course", objectives),
    Rule("C414", "an unknown section", "course", sections),
    Rule("C415", "an unknown item in a reading", "course", inline_checks),
    Rule("C425", "a reading uses an item of the final form", "course", final_checks),
    Rule("C416", "an unknown term or reading", "course", terms),
    Rule("C417", "an unknown or missing citation", "course", citations),
    Rule("C418", "an invalid renaming", "course", renamed),
    Rule("C419", "an unknown module in a survey", "course", survey_modules),
    Rule("C434", "an unknown survey is repeated", "course", surveys_repeated),
)
