"""`python -m kawaraban` is the same as `kawaraban`."""

from kawaraban.cli import main

main(prog_name="kawaraban")
