"""The budgets of the architecture, measured by `make bench`: the same work the usual way and ours, in one run."""
