"""Requests for a solution: what a town looks for, what is offered to it, and how it ends."""
