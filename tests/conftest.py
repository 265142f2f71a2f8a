"""What holds for every test."""

from hypothesis import settings

# Without a deadline a busy machine fails nothing; the same examples each time make a failure repeatable.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
