"""`python -m kg` is the command `kg`, for where scripts are not on the path."""

from kg.cli.app import main

if __name__ == "__main__":  # a worker process imports this file too
    main()
