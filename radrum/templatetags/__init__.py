"""Tags of the page frame; they belong to the composition root and may know every package."""
