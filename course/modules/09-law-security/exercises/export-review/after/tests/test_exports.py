from exports import tokens
from tests.fakes import Clock, ask, database


def test_a_token_expires(clock: Clock) -> None:
    secret = tokens.issue(user=7, clinic=12)
    clock.add(tokens.LIFETIME)
    assert tokens.valid(secret) is None


def test_a_chain_gets_its_locations_in_one_file() -> None:
    database.chain("Zuidkust", clinics=[12, 13, 14])
    secret = tokens.issue(user=7, clinic=12)
    answer = ask(secret, "?clinic=14&clinic=12&clinic=13")
    assert answer.column("clinic") == ["12", "13", "14"]


def test_two_chains_do_not_get_into_one_file() -> None:
    database.chain("Zuidkust", clinics=[12, 13])
    database.chain("Waterland", clinics=[31])
    secret = tokens.issue(user=7, clinic=12)
    assert ask(secret, "?clinic=12&clinic=31").status == 404


def test_without_a_clinic_it_is_the_own_one() -> None:
    secret = tokens.issue(user=7, clinic=12)
    assert ask(secret, "").column("clinic") == ["12"]
