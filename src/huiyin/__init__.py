"""Huiyin 回音: the closed loop of a district's public requests."""

__version__ = "0.1.0"
