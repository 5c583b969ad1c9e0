"""Numbers that a page needs: values in, values out. Nothing here reads a file."""
