"""The five panes. A pane is a function of what is bound down to it and knows no other pane."""
