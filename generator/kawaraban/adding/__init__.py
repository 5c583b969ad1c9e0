"""An officer's file -> a dataset: what it is taken for (proposing), and its folder (adopting)."""

from kawaraban.adding.proposing import Note, Proposal, propose

__all__ = ["Note", "Proposal", "propose"]
