"""Sentences: where one reform beats another, in plain words, filled in from what was found."""

from __future__ import annotations

from experiments.settings import Settings
from experiments.studies.discover.chinese import Chinese
from experiments.studies.discover.english import English
from experiments.studies.discover.found import Found


def said(found: Found, turned: Found | None, settings: Settings) -> list[str]:
    """Return the answer in sentences, in the language of the settings; `turned` is the question the other way round."""
    language = Chinese if settings.language == "zh" else English
    texts = language(found, settings)
    out = [texts.scope(), texts.counts()]
    if found.early[0]:
        out.append(texts.early())
    out += _of_box(texts)
    if turned is None:
        return out
    texts = language(turned, settings)
    return [*out, texts.turned(), *_of_box(texts)]


def _of_box(texts: English | Chinese) -> list[str]:
    """Return what is said of the box, or why there is none."""
    box = texts.found.box
    if box is None:
        return [texts.no_box()]
    return [texts.box(), texts.limits(), texts.holdout()] if box.limits else [texts.open_box()]
