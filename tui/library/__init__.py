"""Many briefings, and what a reader keeps of them. No Textual, no Rich."""
