"""The text of a web page as a reader of the page sees it, without what is around the article."""
