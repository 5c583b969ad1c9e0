"""Kawaraban turns a town's open data into a site that everybody can read and trust."""

__version__ = "0.1.0"
