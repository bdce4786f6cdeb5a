"""Passports and other documents with a machine-readable zone: the service, and what it is made of."""

from ocrcli.services.cards.passport.reading import SERVICE as SERVICE
