"""Proof that kindness works, or an honest "no": a few patients, drawn by lot, go without one kind of contact."""
