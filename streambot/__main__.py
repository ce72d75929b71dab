"""``python -m streambot``, for where the console script isn't on the path."""

from streambot.cli import main

if __name__ == "__main__":
    main()
