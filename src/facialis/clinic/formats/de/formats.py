"""A dose is written the same way in every language: 2.5, so that nobody reads 2,5 beside 2.5 on one page.

Coordinates of drawings come from templates too, and a comma between their digits would move them.
"""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = " "
