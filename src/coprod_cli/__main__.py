"""Lets `python -m coprod_cli` and the `coprod` command come in by the same door."""

from coprod_cli.cli.main import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
