"""Writes data/account.json and data/deploy.yaml: an invented cloud account in the week after the Friday.

Run it in this folder; the files are the same each time.
"""

import base64
import json
import random
from pathlib import Path

ENGINEERS = ["lena", "tomas", "ruben", "noor", "joris", "elif", "pim", "maud", "stijn", "ayla", "koen"]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def may(actions: list[str], resources: list[str], effect: str = "allow", **more: object) -> dict[str, object]:
    """A statement."""
    return {"effect": effect, "actions": actions, "resources": resources, **more}


def account() -> dict[str, object]:
    """Identities, roles and buckets, as people had added to them over three years."""
    second = {"if": {"mfa": True}}
    own_files = [may(["storage:*"], ["bucket/scratch/*"])]
    identities = {name: {"kind": "person", "statements": [*own_files]} for name in ENGINEERS}
    for name in ENGINEERS:
        identities[name]["statements"].append(may(["role:Assume"], ["role/dep*"]))
    identities["dmitri"] = {"kind": "person", "statements": [
        may(["role:Assume"], ["role/audit"], **second),
        {"effect": "allow", "not_actions": ["storage:*"], "resources": ["*"], **second},
    ]}  # fmt: skip
    identities["helen"] = {"kind": "person", "statements": [may(["storage:Get"], ["bucket/invoices/*"])]}
    identities["ci"] = {"kind": "service", "statements": [may(["role:Assume"], ["role/deploy"])]}
    identities["worker"] = {"kind": "service", "statements": [may(["role:Assume"], ["role/export-worker"])]}
    identities["backup"] = {"kind": "service", "statements": [may(["storage:G?t"], ["bucket/*"])]}
    roles = {
        "deploy": {"trust": [*ENGINEERS, "ci"], "statements": [
            may(["service:*", "policy:*"], ["service/*", "role/deploy"]),
            may(["role:Assume"], ["role/*"]),
            may(["storage:*"], ["bucket/exports/*"], "deny"),
        ]},
        "export-worker": {"trust": ["worker", "role/deploy"], "statements": [
            may(["storage:Get", "storage:Put"], ["bucket/exports/*"]),
        ]},
        "audit": {"trust": ["dmitri"], "statements": [may(["storage:Get", "storage:List"], ["*"])]},
        "debug": {"trust": ["*"], "statements": [may(["log:Read"], ["log/*"])]},
    }  # fmt: skip
    everyone = {"effect": "allow", "principals": ["*"], "actions": ["storage:Get"]}
    buckets = {
        "exports": {"statements": [
            {"effect": "deny", "principals": ["backup"], "actions": ["storage:*"], "resources": ["bucket/exports/*"]},
        ]},
        "logos": {"statements": [{**everyone, "resources": ["bucket/logos/*"]}]},
        "invoices": {"statements": []},
        "scratch": {"statements": [{**everyone, "resources": ["bucket/scratch/*"], "if": {"network": "office"}}]},
    }  # fmt: skip
    return {"identities": identities, "roles": roles, "buckets": buckets}


def deploy(rng: random.Random) -> str:
    """A deployment file with five secrets, one of which looks encrypted."""
    random_key = "".join(rng.choice(LETTERS) for _ in range(40))
    digest = "".join(rng.choice("0123456789abcdef") for _ in range(64))
    hidden = base64.b64encode(b"invented-for-this-lab").decode()
    lines = [
        "kind: Secret",
        "data:",
        f"  DB_PASSWORD: {hidden}",
        "  SMTP_PASSWORD: ${SMTP_PASSWORD}",
        "env:",
        "  DATABASE: postgres://app:invented4lab@db.internal/booking",
        "  CACHE: redis://app:$CACHE_PASSWORD@cache.internal/0",
        f"  SIGNING: {random_key}",
        "  export_token: tok-invented-0451",
        "  TOKEN_DAYS: 90",
        f"image: registry.internal/booking@sha256:{digest}",
        "key: |",
        "  -----BEGIN INVENTED PRIVATE KEY-----",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    here = Path(__file__).parent / "data"
    (here / "account.json").write_text(json.dumps(account(), indent=1) + "\n", encoding="utf-8")
    (here / "deploy.yaml").write_text(deploy(random.Random(4530)), encoding="utf-8")
