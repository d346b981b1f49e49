"""The shelf: a library of many briefings."""
