from exports import tokens
from tests.fakes import Clock


def test_a_token_expires(clock: Clock) -> None:
    secret = tokens.issue(user=7, clinic=12)
    clock.add(tokens.LIFETIME)
    assert tokens.valid(secret) is None
