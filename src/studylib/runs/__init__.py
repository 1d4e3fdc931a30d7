"""Executing notebooks safely and publishing what they made, whole or not at all."""
