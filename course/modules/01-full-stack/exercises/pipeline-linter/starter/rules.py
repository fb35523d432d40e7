"""Rules for container files and pipelines, run before a change is merged. First version: Tomas."""

import parse

# Tags that may mean another image tomorrow: none at all, the usual names, names of branches.
MOVING = {"", "latest", "main", "stable", "$CI_COMMIT_REF_NAME", "$CI_COMMIT_BRANCH"}


def container(stages, files):
    """The sorted findings (line, rule) of a container file, each once; `files` are the paths that COPY can bring."""
    found = set()
    for stage in stages:
        if stage.base.endswith(":latest"):
            found.add((stage.line, "base-not-pinned"))
        for step in stage.steps:
            if step.op == "COPY" and any(parse.secret_file(word) for word in step.words):
                found.add((step.line, "secret-in-layer"))
    users = [step for stage in stages for step in stage.steps if step.op == "USER"]
    if not users:
        found.add((stages[-1].line, "runs-as-root"))
    return sorted(found)


def pipeline(jobs):
    """The sorted findings (job, rule) of a pipeline, each once; the jobs come in the order of their stages."""
    found, tested = set(), False
    for job in jobs:
        for command in job.commands:
            tested = tested or parse.tests(command)
            if parse.deploys(command) == "production" and not tested:
                found.add((job.name, "untested-deploy"))
        if any(image.endswith(":latest") for image in job.images):
            found.add((job.name, "moving-tag"))
        if any(not cache.files for cache in job.caches):
            found.add((job.name, "wrong-cache-key"))
    return sorted(found)
