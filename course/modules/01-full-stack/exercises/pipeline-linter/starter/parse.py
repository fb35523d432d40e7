"""Reads container files and pipeline files. Complete: the first 130 lines are for you, the rest is machinery."""

import fnmatch
import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath


@dataclass
class Command:
    """One command of a script, such as ["pytest", "tests"]."""

    words: list[str]
    then: str = ""  # what follows it in its line: "&&", "||", ";", "|" or nothing


# ---- a container file -----------------------------------------------------------------


@dataclass
class Step:
    """One instruction, such as COPY --from=build /app /app."""

    line: int
    op: str  # "COPY", "ADD", "RUN", "USER", "ENV", "ARG", "WORKDIR", "CMD", ...
    words: list[str]  # its words, without the options; the last word of a COPY is the target
    options: dict[str, str] = field(default_factory=dict)  # {"from": "build"}
    commands: list[Command] = field(default_factory=list)  # of a RUN
    pairs: list[tuple[str, str]] = field(default_factory=list)  # of ENV and ARG: (name, value)


@dataclass
class Stage:
    """From one FROM to the next. The last stage is the image; other stages are thrown away."""

    line: int
    base: str  # what follows FROM: an image, or the name of an earlier stage
    name: str  # what follows AS, or ""
    steps: list[Step] = field(default_factory=list)


# ---- a pipeline -----------------------------------------------------------------------


@dataclass
class Cache:
    """Folders that are kept from one run to the next, under a key."""

    paths: list[str]
    key: str  # a fixed text or a variable; "" if the key is made from files
    files: list[str]  # the key is the hash of these files


@dataclass
class Job:
    name: str
    stage: int  # 0 for the first stage, 1 for the second, ...
    images: list[str]  # what it runs in, and its services
    commands: list[Command]
    needs: list[str] | None  # None: it waits for all jobs of earlier stages
    allow_failure: bool  # the pipeline goes on when it fails
    caches: list[Cache]


# ---- questions to ask -----------------------------------------------------------------


def covers(source: str, path: str) -> bool:
    """Whether COPY with that source brings the file: "." is everything, "app" a folder, "*.txt" a pattern."""
    source = source.removeprefix("./").rstrip("/")
    return source in ("", ".") or path.startswith(source + "/") or fnmatch.fnmatchcase(path, source)


def secret_file(path: str) -> bool:
    """Whether a file of that name holds a secret."""
    name = PurePosixPath(path).name
    known = {".env", "id_rsa", "id_ed25519", ".npmrc", ".pypirc", ".netrc"}
    return name in known or name.endswith((".pem", ".key"))


def secret_name(name: str) -> bool:
    """Whether a variable of that name holds a secret."""
    return any(word in name.upper() for word in ("PASSWORD", "SECRET", "TOKEN", "PRIVATE_KEY"))


def dependency_list(path: str) -> bool:
    """Whether the file fixes which packages are installed."""
    name = PurePosixPath(path).name
    return fnmatch.fnmatchcase(name, "requirements*.txt") or name in ("package.json", "package-lock.json")


def package_folder(path: str) -> bool:
    """Whether installed packages are in that folder (and not only what was downloaded for them)."""
    return PurePosixPath(path).name in (".venv", "venv", "node_modules")


def installs(command: Command) -> bool:
    """Whether it installs packages."""
    return command.words[:2] in (["pip", "install"], ["npm", "ci"], ["npm", "install"])


def tests(command: Command) -> bool:
    """Whether it runs tests. (A smoke test checks what is already live, so it does not count.)"""
    runs = command.words[:1] == ["pytest"] or command.words[:2] == ["npm", "test"]
    return runs and not any("smoke" in word for word in command.words)


def deploys(command: Command) -> str:
    """Where it deploys to ("staging", "production"), or ""."""
    return command.words[1] if command.words[:1] == ["./deploy"] else ""


def built(command: Command) -> list[str]:
    """The names that a docker build gives to its image; none for any other command."""
    words = command.words
    if words[:2] != ["docker", "build"]:
        return []
    return [after for word, after in zip(words, words[1:]) if word in ("-t", "--tag")]


def split_image(image: str) -> tuple[str, str]:
    """Repository and tag: "r:5000/web:2.1" gives ("r:5000/web", "2.1"). A digest counts as a tag."""
    repository, at, digest = image.partition("@")
    head, _, last = repository.rpartition("/")
    name, _, tag = last.partition(":")
    return (f"{head}/{name}" if head else name), (digest if at else tag)


# ---- how it reads; you need nothing from here on ----------------------------------------


def split_commands(line: str) -> list[Command]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars="&|;")
    lexer.whitespace_split, lexer.commenters = True, ""
    found, words = [], []
    for token in lexer:
        if token in ("&&", "||", ";", "|"):
            found.append(Command(words, token))
            words = []
        else:
            words.append(token)
    return [each for each in [*found, Command(words)] if each.words]


def container(text: str) -> list[Stage]:
    """The stages of a container file, in order."""
    stages: list[Stage] = []
    for number, line in _logical_lines(text):
        op, _, rest = line.partition(" ")
        op, rest, options = op.upper(), rest.strip(), {}
        while match := re.match(r"--([\w-]+)=(\S+)\s*", rest):
            options[match[1]] = match[2]
            rest = rest[match.end() :]
        words = json.loads(rest) if rest.startswith("[") else shlex.split(rest)
        if op == "FROM":
            name = words[2] if len(words) > 2 and words[1].upper() == "AS" else ""
            stages.append(Stage(number, words[0], name))
        elif stages:
            step = Step(number, op, words, options)
            step.commands = split_commands(rest) if op == "RUN" and not rest.startswith("[") else []
            if op in ("ENV", "ARG"):
                step.pairs = [(name, value) for name, _, value in (word.partition("=") for word in words)]
            stages[-1].steps.append(step)
    return stages


def _logical_lines(text: str):
    start, parts = 0, []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        start = start if parts else number
        parts.append(line.rstrip("\\").strip())
        if not line.endswith("\\"):
            yield start, " ".join(parts)
            parts = []


def pipeline(text: str) -> list[Job]:
    """The jobs of a pipeline file in the order of their stages."""
    data = _yaml(text)
    stages = data["stages"]
    default = data.get("default", {})
    jobs = []
    for name, body in data.items():
        if not isinstance(body, dict) or "script" not in body:
            continue
        body = {**default, **body}
        lines = _listed(body.get("before_script")) + _listed(body["script"])
        manual = body.get("when") == "manual"  # it may never be started, so nothing waits for it
        jobs.append(
            Job(
                name,
                stages.index(body["stage"]),
                _listed(body.get("image")) + _listed(body.get("services")),
                [command for line in lines for command in split_commands(line)],
                None if "needs" not in body else _listed(body["needs"]),
                body.get("allow_failure", "true" if manual else "false") == "true",
                [_cache(each) for each in _listed(body.get("cache"))],
            )
        )
    return sorted(jobs, key=lambda job: job.stage)


def _cache(body: dict) -> Cache:
    key = body.get("key", "default")
    files = _listed(key["files"]) if isinstance(key, dict) else []
    return Cache(_listed(body["paths"]), "" if files else key, files)


def _listed(value) -> list:
    return [] if value is None else value if isinstance(value, list) else [value]


def _yaml(text: str):
    """The part of YAML that these files use; every scalar is a text."""
    lines = []
    for line in text.splitlines():
        line = re.sub(r"(^|\s)#.*$", "", line).rstrip()
        if line:
            lines.append((len(line) - len(line.lstrip()), line.lstrip()))
    value, rest = _block(lines)
    if rest:
        raise ValueError(f"cannot read: {rest[0][1]}")
    return value


def _block(lines: list):
    if not lines:
        return "", lines
    indent = lines[0][0]
    result = [] if lines[0][1].startswith("- ") else {}
    while lines and lines[0][0] == indent:
        text = lines[0][1]
        if isinstance(result, list):
            inner = text[2:].lstrip()
            if re.match(r"[\w.-]+:(\s|$)", inner):
                lines = [(indent + len(text) - len(inner), inner), *lines[1:]]
                value, lines = _block(lines)
            else:
                value, lines = _scalar(inner), lines[1:]
            result.append(value)
            continue
        key, _, inner = text.partition(":")
        lines = lines[1:]
        if inner.strip():
            value = _scalar(inner.strip())
        elif lines and (lines[0][0] > indent or lines[0][0] == indent and lines[0][1].startswith("- ")):
            value, lines = _block(lines)
        else:
            value = ""
        result[key.strip()] = value
    return result, lines


def _scalar(text: str):
    if text[0] in "[{":
        return _flow(re.findall(r'"[^"]*"|\'[^\']*\'|[\[\]{},]|[\w.-]+:(?=\s)|[^\[\]{},]+', text))
    return text[1:-1] if text[0] == text[-1] and text[0] in "\"'" and len(text) > 1 else text


def _flow(tokens: list):
    tokens = [token.strip() for token in tokens if token.strip()]

    def value():
        token = tokens.pop(0)
        if token == "[":
            found = []
            while tokens[0] != "]":
                found.append(value())
                if tokens[0] == ",":
                    tokens.pop(0)
            tokens.pop(0)
            return found
        if token == "{":
            pairs = {}
            while tokens[0] != "}":
                key = tokens.pop(0).rstrip(":")
                pairs[key] = value()
                if tokens[0] == ",":
                    tokens.pop(0)
            tokens.pop(0)
            return pairs
        return token.strip("\"'")

    return value()


def read(path: str) -> tuple[list[Stage], list[str], list[Job]]:
    """The container file, the files it can copy, and the pipeline of a folder."""
    folder = Path(path)
    files = (folder / "context.txt").read_text(encoding="utf-8").split()
    return (
        container((folder / "Containerfile").read_text(encoding="utf-8")),
        files,
        pipeline((folder / "pipeline.yml").read_text(encoding="utf-8")),
    )
