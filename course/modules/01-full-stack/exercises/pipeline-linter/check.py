"""Checks of the pipeline linter: rule by rule, then whole files, faulty and clean, then files put together by chance."""

import lab

TAGS = ("", ":latest", ":main", ":$CI_COMMIT_REF_NAME", ":$CI_COMMIT_BRANCH")
SERVICES = ("booking", "letters", "calendar", "desk", "invoices", "waitlist")


def digest(rng):
    return "sha256:" + "".join(rng.choice("0123456789abcdef") for _ in range(8))


def base(rng):
    return f"python:3.11-slim@{digest(rng)}"


def job(name, stage, *script, **more):
    """The text of one job; `more` are its other lines, written as they shall stand in the file."""
    lines = [f"{name}:", f"  stage: {stage}"]
    lines += [f"  {key}: {value}" for key, value in more.items()]
    return "\n".join([*lines, "  script:", *(f"    - {line}" for line in script)])


def pipe(stages, *jobs):
    return "\n\n".join([f"stages: [{', '.join(stages)}]", *jobs]) + "\n"


class Linter(lab.Case):
    def setUp(self):
        self.parse, self.rules = lab.load("parse"), lab.load("rules")

    def container(self, lines, expected, about, files=("app/main.py", "requirements.txt"), only=None):
        """Lint a container file and expect (line, rule); `only` looks at one rule."""
        text = "\n".join(lines) + "\n"
        got = [tuple(each) for each in self.rules.container(self.parse.container(text), list(files))]
        got = got if only is None else [each for each in got if each[1] == only]
        numbered = "".join(f"{n:3} {line}\n" for n, line in enumerate(text.splitlines(), 1))
        self.expect(got, sorted(expected), f"{about}\n{numbered}files that COPY can bring: {', '.join(files)}")

    def pipeline(self, text, expected, about, only=None):
        """Lint a pipeline and expect (job, rule)."""
        got = [tuple(each) for each in self.rules.pipeline(self.parse.pipeline(text))]
        got = got if only is None else [each for each in got if each[1] == only]
        self.expect(got, sorted(expected), f"{about}\n{text}")


class Containers(Linter):
    def test_base(self):
        """base-not-pinned: an image needs a digest; an earlier stage and scratch need none"""
        rng, rule = lab.rng("base"), "base-not-pinned"
        one = rng.choice(SERVICES)
        for image, bad in (
            (base(rng), False), (f"python@{digest(rng)}", False), ("scratch", False), ("python:3.11.9", True),
            ("python", True), (f"registry:5000/{one}:{rng.randint(10, 99)}", True), (f"$BASE_{one.upper()}", True),
        ):  # fmt: skip
            self.container([f"FROM {image}", "USER app"], [(1, rule)] if bad else [], f"built on {image}", only=rule)
        lines = [f"FROM {base(rng)} AS {one}", f"FROM {one} AS extra", f"FROM node:{rng.randint(16, 22)} AS page"]
        lines += ["FROM tools", "FROM extra", f"FROM {base(rng)} AS tools"]
        self.container(lines, [(3, rule), (4, rule)], "stages on stages; tools comes later", only=rule)

    def test_root(self):
        """runs-as-root: the last USER of the image counts, even one from the stage it builds on"""
        rng, rule = lab.rng("root"), "runs-as-root"
        me = rng.choice(SERVICES)
        first = f"FROM {base(rng)} AS base"
        for about, lines, bad in (
            ("no USER at all", [first], 1),
            ("a user", [first, f"USER {me}"], 0),
            ("a user by number", [first, f"USER {rng.randint(1000, 9999)}:100"], 0),
            ("root by number", [first, f"USER {me}", "USER 0:0"], 1),
            ("root with a group", [first, f"USER root:{me}"], 1),
            ("root for a while", [first, "USER root", "RUN apt-get update", f"USER {me}"], 0),
            ("a user for a while", [first, f"USER {me}", "RUN make", "USER root", "RUN make install"], 1),
            ("a user from the stage below", [first, f"USER {me}", "FROM base AS web", "FROM web"], 0),
            ("root again on top of it", [first, f"USER {me}", "FROM base", "USER root"], 3),
            ("a user in a stage that is only copied from", [first, f"USER {me}", f"FROM {base(rng)}", "COPY --from=base /a /a"], 3),
            ("a user is created but not used", [first, f"RUN useradd --system {me}"], 1),
        ):  # fmt: skip
            self.container(lines, [(bad, rule)] if bad else [], about, only=rule)

    def test_secrets(self):
        """secret-in-layer: what an image once held it holds for ever"""
        rng, rule = lab.rng("secret"), "secret-in-layer"
        start, name = f"FROM {base(rng)} AS build", rng.choice(["PIP_TOKEN", "db_password", "SIGNING_SECRET"])
        key = rng.choice(["deploy/id_rsa", "deploy/tls.pem", "deploy/.netrc"])
        plain, with_key = ("app/main.py", "requirements.txt"), ("app/main.py", "requirements.txt", key)
        other, fresh = f"FROM {base(rng)}", f"FROM {base(rng)} AS web"
        for about, lines, files, bad in (
            ("the key is named", [start, f"COPY {key} /root/"], with_key, [2]),
            ("its folder is named", [start, "COPY deploy/ /deploy"], with_key, [2]),
            ("everything is copied", [start, "COPY . ."], with_key, [2]),
            ("everything is copied, and the key is kept out by .dockerignore", [start, "COPY . ."], plain, []),
            ("another folder", [start, "COPY app requirements.txt /app/"], with_key, []),
            ("it is deleted again", [start, "ADD . /app", f"RUN make && rm {key}"], with_key, [2]),
            ("mounted for one step", [start, f"RUN --mount=type=secret,id={name} make"], plain, []),
            ("passed as an argument", [start, f"ARG {name}", "RUN make"], plain, [2]),
            ("set in the environment", [start, f"ENV PORT=80 {name}=tulip4711"], plain, [2]),
            ("other settings", [start, "ARG VERSION", "ENV PORT=8000 LANG=C"], plain, []),
            ("emptied in the environment", [start, f"ENV {name}="], plain, []),
            ("in a stage that is thrown away", [start, f"ARG {name}", "COPY . .", other, "COPY --from=build /app/dist /app"], with_key, []),
            ("carried over from such a stage", [start, "COPY . .", other, f"COPY --from=build /src/{key} /etc/"], with_key, [4]),
            ("in the stage below", [start, "COPY . .", "FROM build AS web", "USER web"], with_key, [2]),
            ("in the stage below the stage below", [start, f"ENV {name}=x", "FROM build AS mid", "FROM mid"], with_key, [2]),
            ("in the stage below a stage that is thrown away", [start, "COPY . .", "FROM build AS mid", fresh, "COPY --from=mid /a /a"], with_key, []),
        ):  # fmt: skip
            self.container(lines, [(line, rule) for line in bad], about, files, only=rule)

    def test_order(self):
        """code-before-dependencies: an install after code is repeated for every change of code"""
        rng, rule = lab.rng("order"), "code-before-dependencies"
        files = ("app/main.py", "requirements.txt", "requirements-dev.txt", "package.json", "package-lock.json")
        start = f"FROM {base(rng)} AS build"
        pip, npm = "RUN pip install --require-hashes -r requirements.txt", "RUN apk add git && npm ci"
        for about, lines, bad in (
            ("list, install, code", [start, "COPY requirements.txt .", pip, "COPY app app"], []),
            ("everything, install", [start, "COPY . .", pip], [3]),
            ("two lists by a pattern", [start, "COPY requirements*.txt ./", pip, "COPY . ."], []),
            ("a list and code in one line", [start, "COPY requirements.txt app ./", pip], [3]),
            ("the second of two installs", [start, "COPY package*.json ./", npm, "ADD app app", "COPY requirements.txt .", pip], [6]),
            ("both after code", [start, "COPY app app", "COPY package*.json requirements.txt ./", npm, pip], [4, 5]),
            ("code from another stage", [start, "COPY app app", f"FROM {base(rng)}", "COPY requirements.txt .", "COPY --from=build /app app", pip], []),
            ("code from another stage, by the same path", [start, "COPY app app", f"FROM {base(rng)}", "COPY --from=build app app", pip], []),
            ("code from the stage below", [start, "COPY app app", "FROM build", "COPY requirements.txt .", pip], [5]),
            ("in a stage that is thrown away", [start, "COPY . .", npm, f"FROM {base(rng)}"], [3]),
            ("code, and nothing installed", [start, "COPY . .", "RUN python -m compileall app"], []),
        ):  # fmt: skip
            self.container(lines, [(line, rule) for line in bad], about, files, only=rule)


class Pipelines(Linter):
    def test_untested(self):
        """untested-deploy: no way to production past a test, by stages or by needs"""
        rng, rule = lab.rng("untested"), "untested-deploy"
        stages = ["check", "build", "verify", "release", "watch"]
        live, unit = "live-" + rng.choice(SERVICES), "unit-" + rng.choice(SERVICES)
        build = job("build", "build", "docker build -t r/a:$CI_COMMIT_SHA .")
        test, deploy = "pytest tests", "./deploy production $CI_COMMIT_SHA"
        smoke = job("smoke", "watch", "pytest tests/smoke")
        for about, jobs, bad in (
            ("by stages", [job(unit, "check", test), build, job(live, "release", deploy), smoke], False),
            ("no test at all", [build, job(live, "release", deploy), smoke], True),
            ("no test but the deploying job's own", [build, job(live, "release", test, deploy), smoke], True),
            ("a test in the same stage", [job(unit, "release", test), job(live, "release", deploy)], True),
            ("a test in the same stage that is needed", [job(unit, "release", test), job(live, "release", deploy, needs=f"[{unit}]")], False),
            ("a test after it", [job(live, "release", deploy), job(unit, "watch", test)], True),
            ("it needs the build alone", [job(unit, "check", test), build.replace("script", "needs: []\n  script"), job(live, "release", deploy, needs="[build]")], True),
            ("it needs the build, which waits for the stage before", [job(unit, "check", test), build, job(live, "release", deploy, needs="[build]")], False),
            ("it needs the build, and a test comes in between", [build, job(unit, "verify", test), job(live, "release", deploy, needs="[build]")], True),
            ("it needs staging, which needs the test", [build, job(unit, "verify", test), job("staging", "verify", "./deploy staging $CI_COMMIT_SHA", needs=f"[{unit}]"), job(live, "release", deploy, needs="[staging]")], False),
            ("it starts at once", [job(unit, "check", test), job(live, "release", deploy, needs="[]")], True),
            ("the test may fail", [job(unit, "check", test, allow_failure="true"), job(live, "release", deploy)], True),
            ("the test is started by hand", [job(unit, "check", test, when="manual"), job(live, "release", deploy)], True),
            ("the test is started by hand and may not fail", [job(unit, "check", test, when="manual", allow_failure="false"), job(live, "release", deploy)], False),
            ("a deployment started by hand", [job(unit, "check", test), job(live, "release", deploy, when="manual")], False),
            ("the result is ignored", [job(unit, "check", "npm ci", "npm test || true"), job(live, "release", deploy)], True),
            ("the result of the test and of what follows is ignored", [job(unit, "check", "npm ci && npm test && npm run report || true"), job(live, "release", deploy)], True),
            ("what follows the test is ignored", [job(unit, "check", "npm test; npm run report || true"), job(live, "release", deploy)], False),
            ("something else is ignored", [job(unit, "check", "rm old.xml || true", "npm ci && npm test"), job(live, "release", deploy)], False),
            ("something follows the test", [job(unit, "check", "npm test && npm run report"), job(live, "release", deploy)], False),
            ("the deploying job tests as well", [job(unit, "check", test), job(live, "release", deploy, "pytest tests/after || true")], False),
            ("one of two tests is ignored", [job(unit, "check", test, "pytest more || echo flaky"), job(live, "release", deploy)], True),
            ("one of two test jobs is bypassed", [job(unit, "check", test), job("slow", "verify", test), job(live, "release", deploy, needs=f"[{unit}]")], True),
            ("only staging is untested", [job("staging", "check", "./deploy staging $CI_COMMIT_SHA"), job(unit, "verify", test), job(live, "release", deploy)], False),
        ):  # fmt: skip
            self.pipeline(pipe(stages, *jobs), [(live, rule)] if bad else [], about, only=rule)

    def test_built(self):
        """built-again: an image is built once and carried through all stages"""
        rng, rule = lab.rng("built"), "built-again"
        one, two = rng.sample(SERVICES, 2)
        sha = "$CI_COMMIT_SHA"
        first = job("build", "build", f"docker build -t r:5000/{one}:{sha} .")
        for about, jobs, bad in (
            ("built once, then renamed", [first, job("go", "release", f"docker tag r:5000/{one}:{sha} r:5000/{one}:live", f"docker push r:5000/{one}:live")], []),
            ("built for release again", [first, job("go", "release", f"docker build --tag r:5000/{one}:live .")], ["go"]),
            ("built in three jobs", [first, job("b", "build", f"docker build -t r:5000/{one}:b ."), job("go", "release", f"docker build -t r:5000/{one} .")], ["b", "go"]),
            ("two images", [first, job("page", "build", f"docker build -t r:5000/{two}:{sha} page")], []),
            ("one image with two names", [job("build", "build", f"docker build -t r:5000/{one}:{sha} -t r:5000/{one}:main .")], []),
            ("twice in one job", [job("build", "build", f"docker build -t r/{one}:{sha} .", f"docker build -t r/{one}:live . && docker push r/{one}:live")], ["build"]),
            ("built again, with a new name beside the old one", [first, job("go", "release", f"docker build -t r:5000/{one}:x -t r:5000/{two}:x .")], ["go"]),
            ("built again under the second name", [job("build", "build", f"docker build -t r/{one}:{sha} -t cache/{one}:{sha} ."), job("go", "release", f"docker build -t cache/{one}:x .")], ["go"]),
        ):  # fmt: skip
            self.pipeline(pipe(["build", "release"], *jobs), [(name, rule) for name in bad], about, only=rule)

    def test_moving(self):
        """moving-tag: what runs, is built or goes live has a name that always means the same image"""
        rng, rule = lab.rng("moving"), "moving-tag"
        sha, tag = "$CI_COMMIT_SHA", rng.choice(TAGS)
        for about, one, bad in (
            ("a job in a fixed image", job("unit", "a", "pytest", image="python:3.11"), False),
            ("a job in an image by digest", job("unit", "a", "pytest", image=f"python@{digest(rng)}"), False),
            (f"a job in python{tag}", job("unit", "a", "pytest", image=f"python{tag}"), True),
            ("a registry with a port, and no tag", job("unit", "a", "pytest", image="registry:5000/tools"), True),
            ("a registry with a port, and a tag", job("unit", "a", "pytest", image="registry:5000/tools:7"), False),
            (f"a service in postgres{tag}", job("unit", "a", "pytest", image="python:3.11", services=f'["postgres{tag}"]'), True),
            ("built under the commit", job("build", "a", f"docker build -t r/a:{sha} ."), False),
            (f"built as r/a{tag} alone", job("build", "a", f"docker build -t r/a{tag} ."), True),
            ("built under the commit and a moving name", job("build", "a", f"docker build -t r/a:latest -t r/a:{sha} ."), False),
            ("the second of two builds", job("build", "a", f"docker build -t r/a:{sha} .", f"docker build -t r/b{tag} b"), True),
            ("deployed by commit", job("live", "a", f"./deploy production {sha}"), False),
            ("deployed by branch", job("live", "a", "./deploy staging $CI_COMMIT_BRANCH"), True),
            ("deployed as latest", job("live", "a", "cd ops && ./deploy production latest"), True),
        ):  # fmt: skip
            expected = [(one.partition(":")[0], rule)] if bad else []
            self.pipeline(pipe(["a"], one), expected, about, only=rule)

    def test_cache(self):
        """wrong-cache-key: installed packages are kept under the hash of their list"""
        rng, rule = lab.rng("cache"), "wrong-cache-key"
        folder = rng.choice([".venv", "node_modules", "page/node_modules"])
        by_list = "{files: [" + rng.choice(["requirements.txt", "package-lock.json", "page/package-lock.json"]) + "]}"
        for about, key, paths, bad in (
            ("under its list", by_list, folder, False),
            ("under a list and more", "{files: [Makefile, requirements-dev.txt]}", folder, False),
            ("under a fixed name", "deps", folder, True),
            ("under the branch", "$CI_COMMIT_REF_SLUG", folder, True),
            ("under the commit", "$CI_COMMIT_SHA", folder, True),
            ("under another file", "{files: [setup.cfg]}", folder, True),
            ("downloads only, under a fixed name", "pip", ".cache/pip", False),
            ("downloads and packages, under a fixed name", "pip", f".cache/pip, {folder}", True),
        ):
            one = job("unit", "a", "pytest", cache=f"{{key: {key}, paths: [{paths}]}}")
            self.pipeline(pipe(["a"], one), [("unit", rule)] if bad else [], about, only=rule)
        lines = ["  cache:", f"    - key: {by_list}", f"      paths: [{folder}]"]
        lines += ["    - key: all", "      paths:", f"        - {folder}", "        - dist"]
        text = pipe(["a"], job("unit", "a", "pytest") + "\n" + "\n".join(lines))
        self.pipeline(text, [("unit", rule)], "the second of two caches", only=rule)


class Whole(Linter):
    def test_containers(self):
        """Whole container files: every fault, and no other line"""
        rng = lab.rng("whole")
        one, (py, node) = rng.choice(SERVICES), (digest(rng), digest(rng))
        files = ["app/main.py", "page/main.js", "package.json", "package-lock.json", "requirements.txt", "deploy/site.key"]
        clean = [
            f"FROM node:20@{node} AS page", "ARG VERSION", "COPY package*.json ./", "RUN npm ci", "COPY . .",
            "RUN npm run build", f"FROM python:3.11@{py} AS base", "RUN useradd --system web", "COPY requirements.txt .",
            "RUN pip install --require-hashes -r requirements.txt", "USER web", "FROM base AS test",
            "COPY . .", "RUN pytest tests/unit", "FROM base", f"COPY app /{one}",
            f"COPY --from=page /dist /{one}/static", f'CMD ["python", "-m", "{one}"]',
        ]  # fmt: skip
        self.container(clean, [], "a clean file of four stages, of which two are thrown away", files)
        faulty = [
            "# built every night", f"FROM python:3.11@{py} AS base", "USER web", "COPY deploy /deploy", "",
            "FROM node:20 AS page", "COPY package.json page ./", "RUN npm install \\", "    --no-audit",
            "FROM base", "ENV MAIL_PASSWORD=tulip47", "COPY requirements.txt .", "RUN pip install -r requirements.txt",
            "RUN rm -r /deploy", "USER root", f"COPY --from=page /dist /{one}",
        ]  # fmt: skip
        expected = [(4, "secret-in-layer"), (6, "base-not-pinned"), (8, "code-before-dependencies")]
        expected += [(10, "runs-as-root"), (11, "secret-in-layer"), (13, "code-before-dependencies")]
        self.container(faulty, expected, "a file with six faults", files)

    def test_pipelines(self):
        """Whole pipelines: every fault, and no other job"""
        rng = lab.rng("pipes")
        one, sha = rng.choice(SERVICES), "$CI_COMMIT_SHA"
        image = f"$REGISTRY/{one}:{sha}"
        lists = "{key: {files: [requirements.txt]}, paths: [.venv]}"
        clean = pipe(
            ["check", "build", "verify", "release", "watch"],
            job("unit", "check", "pip install -r requirements.txt", "pytest tests/unit", image="python:3.11", cache=lists),
            job("docs", "check", "make docs || true", needs="[]", image="python:3.11", allow_failure="true"),
            job("image", "build", f"docker build -t {image} -t $REGISTRY/{one}:latest .", f"docker push {image}"),
            job("flow", "verify", "pytest tests/flow", image=image, services='["postgres:15"]'),
            job("staging", "release", f"./deploy staging {sha}", needs="[flow, docs]"),
            job("live", "release", f"./deploy production {sha}", needs="[staging]", when="manual"),
            job("alive", "watch", "pytest tests/smoke || ./deploy production $LAST_GOOD", image="python:3.11"),
        )
        self.pipeline(clean, [], "a clean pipeline")
        faulty = pipe(
            ["check", "build", "verify", "release"],
            "default:\n  image: python\n  cache:\n    key: $CI_COMMIT_REF_SLUG\n    paths:\n      - .venv",
            job("unit", "check", "pytest tests/unit", image="python:3.11"),
            job("image", "build", f"docker build -t {image} .", image="docker:24", cache=lists, needs="[]"),
            job("flow", "verify", "pytest tests/flow", cache=lists, services='["postgres:15"]'),
            job("retag", "verify", f"docker build -t $REGISTRY/{one}:ok .", image="docker:24", cache=lists),
            job("live", "release", f"./deploy production {sha}", image="docker:24", cache=lists, needs="[image, flow]"),
            job("hotfix", "release", "./deploy production $CI_COMMIT_BRANCH", image="docker:24", cache=lists, needs="[image]"),
        )
        expected = [("unit", "wrong-cache-key"), ("flow", "moving-tag"), ("retag", "built-again")]
        expected += [("hotfix", "moving-tag"), ("hotfix", "untested-deploy")]
        self.pipeline(faulty, expected, "a pipeline with five faults (flow waits for the stage before, and so does live)")

    def test_chance(self):
        """Thirty random pipelines: when a test is red, production must not start"""
        rng = lab.rng("chance")
        stages = ["one", "two", "three", "four"]
        for _ in range(30):
            made, texts = [], []
            for n in range(rng.randint(4, 8)):
                stage = min(3, max([0, *(each[1] for each in made)]) + (rng.random() < 0.45))
                needs = None
                if made and rng.random() < 0.6:
                    needs = sorted(rng.sample([each[0] for each in made], rng.randint(1, min(2, len(made)))))
                ignored = rng.random() < 0.12
                made.append((f"job{n}", stage, needs, rng.random() < 0.5, ignored))
                script = "pytest tests" if made[-1][3] else "make"
                more = {"needs": f"[{', '.join(needs)}]"} if needs is not None else {}
                texts.append(job(f"job{n}", stages[stage], script, **more, **({"allow_failure": "true"} if ignored else {})))
            needs = [made[-1][0]] if rng.random() < 0.7 else None
            made.append(("live", 3, needs, False, False))
            more = {"needs": f"[{needs[0]}]"} if needs else {}
            texts.append(job("live", "four", "./deploy production $CI_COMMIT_SHA", **more))
            bad = starts_on_red(made)
            expected = [("live", "untested-deploy")] if bad else []
            why = "; nothing is tested" if bad == "no test" else f"; with {bad} red, live still starts"
            about = "put together at random" + (why if bad else "; no red test lets live start")
            self.pipeline(pipe(stages, *texts), expected, about, only="untested-deploy")


def starts_on_red(made):
    """Play every single red test through: the first with which the last job starts; "no test" if there is none."""
    testing = [each for each in made if each[3]]
    for red, _, _, _, ignored in testing:
        stopped = set() if ignored else {red}
        for name, stage, needs, _, _ in made:
            waits = needs if needs is not None else [each[0] for each in made if each[1] < stage]
            if stopped & set(waits):
                stopped.add(name)
        if made[-1][0] not in stopped:
            return red
    return "" if testing else "no test"
