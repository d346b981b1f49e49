"""What a briefing is: its values, its file, its dates, its proof. No Textual, no Rich, no I/O but reading the files named."""
