"""Rules for a Terraform plan, run before anyone may approve it."""

import json
import sys
from datetime import date

WORLD = {"0.0.0.0/0", "::/0"}
HOLDS_DATA = {"aws_db_instance", "aws_ebs_volume", "aws_s3_bucket"}
SWITCHES = (
    "block_public_acls",
    "block_public_policy",
    "ignore_public_acls",
    "restrict_public_buckets",
)


def public_bucket(kind, after):
    if kind == "aws_s3_bucket_acl":
        return after.get("acl") != "private"
    if kind == "aws_s3_bucket_public_access_block":
        return any(after.get(switch) is not True for switch in SWITCHES)
    return False


def open_db_port(kind, after):
    if kind != "aws_security_group":
        return False
    return "ingress" not in after or any(map(reaches_database, after["ingress"]))


def reaches_database(entry):
    """Whether the world may reach TCP port 5432 through this entry; what is missing may be anything."""
    lists = (entry.get("cidr_blocks"), entry.get("ipv6_cidr_blocks"))
    if None not in lists and not {*lists[0], *lists[1]} & WORLD:
        return False
    protocol, low, high = (entry.get(key) for key in ("protocol", "from_port", "to_port"))
    if protocol == "-1":
        return True
    if protocol not in ("tcp", None):
        return False
    return (low is None or low <= 5432) and (high is None or 5432 <= high)


def no_backup(kind, after):
    days = after.get("backup_retention_period") or 0
    return kind == "aws_db_instance" and days < 7


def unencrypted(kind, after):
    switch = {"aws_db_instance": "storage_encrypted", "aws_ebs_volume": "encrypted"}
    return kind in switch and after.get(switch[kind]) is not True


def unprotected_db(kind, after):
    return kind == "aws_db_instance" and after.get("deletion_protection") is not True


RULES = {
    "public-bucket": public_bucket,
    "open-db-port": open_db_port,
    "no-backup": no_backup,
    "unencrypted": unencrypted,
    "unprotected-db": unprotected_db,
}


def lint(plan, waivers=(), today=None):
    """The sorted findings, as pairs (address, rule), without those that are waived."""
    findings = set()
    for resource in plan["resource_changes"]:
        address, kind = resource["address"], resource["type"]
        actions, after = resource["change"]["actions"], resource["change"]["after"]
        if actions in (["no-op"], ["read"]):
            continue
        if "delete" in actions and kind in HOLDS_DATA:
            findings.add((address, "loses-data"))
        if after is not None:
            findings |= {
                (address, rule) for rule, broken in RULES.items() if broken(kind, after)
            }
    return sorted(findings - waived(waivers, today))


def waived(waivers, today):
    """What may stay for now: with a reason, not past its date, and no loss of data."""
    return {
        (waiver["address"], waiver["rule"])
        for waiver in waivers
        if waiver["reason"].strip()
        and waiver["until"] >= today
        and waiver["rule"] != "loses-data"
    }


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        found = lint(json.load(file), today=date.today().isoformat())
    for address, rule in found:
        print(f"{rule:15} {address}")
    sys.exit(1 if found else 0)
