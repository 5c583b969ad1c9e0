"""Grid -> tidy `Table`. Plain files so far: one header row, then the data."""
