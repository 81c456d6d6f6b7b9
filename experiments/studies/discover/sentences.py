"""Sentences: where one reform beats another, in plain words, filled in from what was found."""

from __future__ import annotations

from experiments.settings import Settings
from experiments.studies.discover.chinese import Chinese
from experiments.studies.discover.english import English
from experiments.studies.discover.found import Found


def said(found: Found, settings: Settings) -> list[str]:
    """Return the answer in sentences, in the language of the settings."""
    texts = Chinese(found, settings) if settings.language == "zh" else English(found, settings)
    out = [texts.scope(), texts.counts()]
    if found.early[0]:
        out.append(texts.early())
    if found.box is None:
        return [*out, texts.no_box()]
    if not found.box.limits:
        return [*out, texts.open_box()]
    return [*out, texts.box(), texts.limits(), texts.holdout()]
