"""What stands where on an invoice: head, parties, items, totals, and what lies under stamps."""
