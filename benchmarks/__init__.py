"""Speed and memory of the model beside a hand-written kernel, measured side by side in one run."""
