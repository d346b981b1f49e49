"""Text made safe, measured and laid out; axes, windows and matches. No Textual."""
