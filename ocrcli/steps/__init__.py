"""What may follow the reading of a document: comparing with a list, copies named or sorted by what was read.

Each is a `declaration.Step`: an option that a service lists among its own, and that also acts. Nothing but the services
knows one by name.
"""
