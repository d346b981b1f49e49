"""What the readers of all kinds share: the value that they return, charsets, archives, wrapped lines, raised digits."""
