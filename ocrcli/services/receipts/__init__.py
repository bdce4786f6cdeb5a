"""Invoices and receipts."""
