"""Reports, the queue, and what moderators do."""
