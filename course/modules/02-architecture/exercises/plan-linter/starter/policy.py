"""Rules for a Terraform plan, run before anyone may approve it."""

import json
import sys
from datetime import date


def lint(plan, waivers=(), today=None):
    """The sorted findings, as pairs (address, rule)."""
    findings = []
    for resource in plan["resource_changes"]:
        address, change = resource["address"], resource["change"]
        after = change["after"]
        if change["actions"] == ["delete", "create"]:
            if resource["type"] == "aws_db_instance":
                findings.append((address, "loses-data"))
        if resource["type"] == "aws_s3_bucket_acl":
            if after["acl"] == "public-read":
                findings.append((address, "public-bucket"))
        if resource["type"] == "aws_security_group":
            for entry in after["ingress"]:
                if entry["from_port"] == 5432 and "0.0.0.0/0" in entry["cidr_blocks"]:
                    findings.append((address, "open-db-port"))
        if resource["type"] == "aws_db_instance":
            if after.get("backup_retention_period") == 0:
                findings.append((address, "no-backup"))
            if after.get("storage_encrypted") is False:
                findings.append((address, "unencrypted"))
    return findings


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        found = lint(json.load(file), today=date.today().isoformat())
    for address, rule in found:
        print(f"{rule:15} {address}")
    sys.exit(1 if found else 0)
