"""Measurements of Readout, taken on request and never in a test: `python -m bench` from the checkout's root."""
