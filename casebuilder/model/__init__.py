"""What it is worth: the expression graph, its evaluation and its checks."""
