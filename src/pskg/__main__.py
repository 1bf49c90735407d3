"""``python -m pskg``: the same as the command ``pskg``."""

from pskg.cli import main

if __name__ == "__main__":
    main()
