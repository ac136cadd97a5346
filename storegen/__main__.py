"""Run the command line as ``python -m storegen``."""

from storegen.cli import main

if __name__ == "__main__":
    main()
