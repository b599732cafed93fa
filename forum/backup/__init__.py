"""The whole site in one file, taken while it runs, and back: the database and the files people have added."""
