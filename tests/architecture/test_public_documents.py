"""The documents a newcomer looks for are there, and their links lead somewhere."""

import re

import pytest

PUBLIC_DOCUMENTS = (
    "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "GLOSSARY.md", "LICENSE", "SAFETY.md", "SECURITY.md",
    "docs/README.md", "docs/decisions/0001-detector-in-its-own-environment.md",
    "docs/decisions/0002-synthetic-faces-instead-of-patients.md",
    "docs/decisions/0003-side-and-sign-conventions.md", "docs/figures/side_convention.svg",
    "docs/reference/cli.md",
)  # fmt: skip
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
OUTSIDE = ("http://", "https://", "mailto:", "#")


@pytest.mark.parametrize("name", PUBLIC_DOCUMENTS)
def test_public_document_is_there(name, root):
    assert len((root / name).read_text("utf-8")) > 400


def test_links_between_documents_lead_somewhere(tracked_files, root):
    broken = [
        f"{document.relative_to(root)} -> {target}"
        for document in tracked_files
        if document.suffix == ".md"
        for target in LINK.findall(document.read_text("utf-8"))
        if not target.startswith(OUTSIDE) and not (document.parent / target.partition("#")[0]).exists()
    ]
    assert broken == []


def test_changelog_opens_each_version_with_changed_numbers(root):
    versions = re.split(r"^## ", (root / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert versions
    for version in versions:
        heading = re.search(r"^### (.+)$", version, flags=re.MULTILINE)
        assert heading is not None
        assert heading.group(1) == "Changed numbers", version.splitlines()[0]


def test_glossary_says_each_word_once(root):
    words = re.findall(r"^\*\*(.+?)\*\*", (root / "GLOSSARY.md").read_text("utf-8"), flags=re.MULTILINE)
    assert len(words) > 30
    assert len({word.lower() for word in words}) == len(words)
    assert words == sorted(words, key=str.lower)


def test_every_page_of_the_docs_is_in_the_index(root):
    """In the index of the docs, or in that of its own folder, which stands in the index of the docs."""
    docs = root / "docs"
    missing = [
        page.relative_to(docs).as_posix()
        for page in docs.rglob("*.md")
        if page != docs / "README.md"
        and f"({page.relative_to(docs).as_posix()})" not in (docs / "README.md").read_text("utf-8")
        and not is_in_index_of_its_folder(page)
    ]
    assert missing == []


def is_in_index_of_its_folder(page):
    index = page.parent / "README.md"
    return index.is_file() and f"({page.name})" in index.read_text("utf-8")
