"""What the file is: reading, cleaning, splitting, framing, segmentation."""
