"""Marks texts in pure modules for translation, which know neither Django nor the reader's language."""


def gettext_noop(text: str) -> str:
    """Return the text; `makemessages` collects it and the interface translates it."""
    return text
