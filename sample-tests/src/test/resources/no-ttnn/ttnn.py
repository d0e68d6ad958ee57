"""Takes the place of ttnn where a test needs a machine without it."""

raise ImportError("No module named 'ttnn' (hidden by a test)")
