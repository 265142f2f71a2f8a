"""Tests of pages, in a real browser, against a real clinic."""
