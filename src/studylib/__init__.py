"""Helpers of the study: cleaning, KET tagging, statistics, reports."""
