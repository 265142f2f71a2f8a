"""One self-contained page: photographs, charts and tables, readable offline and on paper."""
