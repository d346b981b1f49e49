"""Where the reader is and what a key press leads to. No Textual."""
