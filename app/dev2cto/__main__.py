"""Entry point of `python -m dev2cto`."""

from dev2cto.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
