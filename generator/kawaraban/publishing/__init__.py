"""What goes out besides pages: downloads, metadata, the staged folder, and the exchange of a finished site."""
