"""Plain mode: reading as a conversation of lines. No Textual."""
