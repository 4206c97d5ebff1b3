"""What every other app stands on: pages, images, blocks, components and house rules."""
