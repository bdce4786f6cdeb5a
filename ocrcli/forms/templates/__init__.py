"""Documents of the user's own: YAML files that declare what a service declares, read, checked and written here.

`load` gives a file's template, `load_all` those of a folder, `declared_of` makes of one what the engine reads, `dump`
writes one. Nothing here is loaded unless a template is used.
"""
