"""Lints the container file and the pipeline of a folder: python3 lint.py faulty"""

import sys

import parse
import rules


def main(folder):
    stages, files, jobs = parse.read(folder)
    findings = [(f"Containerfile, line {line}", rule) for line, rule in rules.container(stages, files)]
    findings += [(f"pipeline.yml, {job}", rule) for job, rule in rules.pipeline(jobs)]
    for where, rule in findings:
        print(f"{rule:26}{where}")
    if not findings:
        print("nothing found")
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main(sys.argv[1])
