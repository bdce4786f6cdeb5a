"""`python -m ocrcli`."""

from ocrcli.cli.app import main

if __name__ == "__main__":
    main()
