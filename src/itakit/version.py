"""The version of itakit."""

__version__ = "0.1.0"
