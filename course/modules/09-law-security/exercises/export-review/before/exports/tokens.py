"""Access tokens for the exports. We keep only their hashes."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from exports.store import insert_token, token_with

LIFETIME = timedelta(hours=12)


@dataclass(frozen=True)
class Token:
    """`scope`: clinics it may read. "*": all, for our nightly report."""

    id: int
    user: int
    clinic: int
    scope: tuple[str, ...]
    expires: datetime

    def covers(self, clinic: int) -> bool:
        return "*" in self.scope or str(clinic) in self.scope


def issue(user: int, clinic: int) -> str:
    """A new token for a user who is signed in at that clinic."""
    secret = secrets.token_urlsafe(32)
    kept = hashlib.sha256(secret.encode()).hexdigest()
    scope = (str(clinic),)
    insert_token(kept, user, clinic, scope, datetime.now(UTC) + LIFETIME)
    return secret


def valid(secret: str) -> Token | None:
    """The token, unless it is unknown or has expired."""
    token = token_with(hashlib.sha256(secret.encode()).hexdigest())
    return token if token and token.expires > datetime.now(UTC) else None
