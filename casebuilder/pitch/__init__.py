"""What to say to whom: findings, story and exhibits; the only place a number becomes text."""
