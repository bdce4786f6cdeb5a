"""VAT invoices: the service, and what it is made of."""

from ocrcli.services.receipts.invoice.reading import SERVICE as SERVICE
