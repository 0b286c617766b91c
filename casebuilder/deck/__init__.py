"""As PowerPoint."""
