"""Takes back what an import wrote, but for what somebody touched since."""
