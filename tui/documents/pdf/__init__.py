"""The text of a PDF: lines from the places of characters, columns apart, running heads and feet left out, paragraphs
joined across lines, columns and pages."""
