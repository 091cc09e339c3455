"""Survey answers go in; how genuine the co-production was, and how sure we may be, comes out."""

__version__ = "0.1.0"
