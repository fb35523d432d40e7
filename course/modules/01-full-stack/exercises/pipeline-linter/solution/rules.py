"""Rules for container files and pipelines, run before a change is merged."""

import parse

MOVING = {"", "latest", "main", "stable", "$CI_COMMIT_REF_NAME", "$CI_COMMIT_BRANCH"}
ROOT = {"root", "0"}


# ---- container files: (line, rule) --------------------------------------------------------


def container(stages, files):
    """The sorted findings, each once; `files` are the paths that COPY can bring."""
    found = set()
    for stage in stages:
        steps = ancestry(stages, stage)
        found |= base_not_pinned(stages, stage) | code_before_dependencies(steps, files)
    image = ancestry(stages, stages[-1])
    found |= secret_in_layer(image, files)
    if user(image) in ROOT:
        found.add((stages[-1].line, "runs-as-root"))
    return sorted(found)


def earlier(stages, stage):
    """The stage that this one builds on, if it is one of the same file."""
    before = stages[: stages.index(stage)]
    return next((each for each in before if each.name == stage.base), None)


def ancestry(stages, stage):
    """All steps whose layers are in the stage, those of the stages it builds on first."""
    below = earlier(stages, stage)
    return (ancestry(stages, below) if below else []) + stage.steps


def copied(step, files):
    """The files that a step brings from the build's folder."""
    if step.op not in ("COPY", "ADD") or "from" in step.options:
        return []
    return [path for path in files if any(parse.covers(source, path) for source in step.words[:-1])]


def base_not_pinned(stages, stage):
    known = stage.base == "scratch" or earlier(stages, stage) or "@sha256:" in stage.base
    return set() if known else {(stage.line, "base-not-pinned")}


def secret_in_layer(steps, files):
    """Each layer counts by itself: what a later one deletes is still in the one below."""
    found = set()
    for step in steps:
        paths = copied(step, files) + (step.words[:-1] if "from" in step.options else [])
        names = [name for name, value in step.pairs if value or step.op == "ARG"]
        if any(map(parse.secret_file, paths)) or any(map(parse.secret_name, names)):
            found.add((step.line, "secret-in-layer"))
    return found


def code_before_dependencies(steps, files):
    found, code = set(), False
    for step in steps:
        code = code or not all(map(parse.dependency_list, copied(step, files)))
        if code and any(map(parse.installs, step.commands)):
            found.add((step.line, "code-before-dependencies"))
    return found


def user(steps):
    """The user that the image starts as: the last one named, and root if none is."""
    named = [step.words[0].partition(":")[0] for step in steps if step.op == "USER"]
    return named[-1] if named else "root"


# ---- pipelines: (job, rule) ----------------------------------------------------------------


def pipeline(jobs):
    """The sorted findings, each once; the jobs come in the order of their stages."""
    found, seen = set(), set()
    for job in jobs:
        for command in job.commands:
            repositories = {parse.split_image(image)[0] for image in parse.built(command)}
            if repositories & seen:
                found.add((job.name, "built-again"))
            seen |= repositories
        if moves(job):
            found.add((job.name, "moving-tag"))
        if any(map(wrong_key, job.caches)):
            found.add((job.name, "wrong-cache-key"))
        if deploys_to_production(job) and untested(jobs, job):
            found.add((job.name, "untested-deploy"))
    return sorted(found)


def deploys_to_production(job):
    return any(parse.deploys(command) == "production" for command in job.commands)


def waits_for(jobs, job):
    """The names of all jobs that are over before this one starts, through any number of steps."""
    by_name = {each.name: each for each in jobs}
    found, todo = set(), [job]
    while todo:
        here = todo.pop()
        direct = here.needs
        if direct is None:
            direct = [each.name for each in jobs if each.stage < here.stage]
        todo += [by_name[name] for name in direct if name not in found]
        found.update(direct)
    return found


def can_stop(job):
    """Whether a red test in it makes the job fail, and the pipeline with it."""
    ignored = any(caught(job.commands[n:]) for n, command in enumerate(job.commands) if parse.tests(command))
    return not job.allow_failure and not ignored


def caught(commands):
    """Whether a failure of the first of them ends in a || of its line; && hands it on."""
    return next((command.then for command in commands if command.then != "&&"), "") == "||"


def untested(jobs, deploy):
    """Whether it can start although a test of another job did not pass."""
    before = waits_for(jobs, deploy)
    testing = [job for job in jobs if job is not deploy and any(map(parse.tests, job.commands))]
    return not testing or any(job.name not in before or not can_stop(job) for job in testing)


def moves(job):
    """Whether the same name may mean another image tomorrow."""
    tags = [parse.split_image(image)[1] for image in job.images]
    tags += [command.words[2] for command in job.commands if parse.deploys(command)]
    builds = [{parse.split_image(image)[1] for image in parse.built(command)} for command in job.commands]
    return any(tag in MOVING for tag in tags) or any(names and names <= MOVING for names in builds)


def wrong_key(cache):
    holds_packages = any(map(parse.package_folder, cache.paths))
    return holds_packages and not any(map(parse.dependency_list, cache.files))
