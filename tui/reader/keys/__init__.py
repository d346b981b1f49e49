"""Keys: how an action gets one, how it is spelled, and what a person's settings change."""
