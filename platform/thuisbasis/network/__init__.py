"""The shared kernel: who belongs where, and who may see what."""
