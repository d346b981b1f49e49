"""The widgets of both screens: one line-drawn pane, dialogs, the status line."""
