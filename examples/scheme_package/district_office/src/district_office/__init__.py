"""Schemes for itakit. The files beside this one are data; there is no code."""
