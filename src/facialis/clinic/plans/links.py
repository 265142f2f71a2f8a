"""Addresses of pages of other applications."""

from django.urls import NoReverseMatch, reverse


def page_url(name: str, key: object) -> str:
    """The address of a page; empty where its application is not installed."""
    if not name or key is None:
        return ""
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""
