"""The documents of a report: Markdown, a page for the browser made from it, and LaTeX, all of the same chapters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from typing import Any

from markdown_it import MarkdownIt

from experiments.markup import escape, to_latex, to_markdown
from experiments.paper.chapter import Chapter
from experiments.paper.words import WORDS

_STYLE = """
body { font: 16px/1.5 Georgia, "Noto Serif SC", "Source Han Serif SC", "Songti SC", serif; color: #111;
       max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3, table {
    font-family: "Helvetica Neue", Arial, "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", sans-serif; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.35rem; margin-top: 2.5rem; border-top: 1px solid #bbb; padding-top: 1rem; }
h3 { font-size: 1.1rem; margin-top: 1.8rem; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; font-size: .82rem; border-top: 2px solid; border-bottom: 2px solid; display: block;
        overflow-x: auto; width: fit-content; max-width: 100%; font-variant-numeric: tabular-nums; }
th { border-bottom: 1px solid; font-weight: 600; } th, td { padding: .2rem .7rem .2rem 0; vertical-align: top; }
td[style*="right"] { white-space: nowrap; }
pre { background: #f3f3f3; padding: .6rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; }
code { overflow-wrap: anywhere; }
"""


def markdown(chapters: Sequence[Chapter], language: str, command: str) -> str:
    """Return the report as Markdown; figures and files by paths within its folder."""
    words, numbers = WORDS[language], count(1)
    lines = [f"# {words['title']}", words["care"], *mixed(chapters, language)]
    for chapter in chapters:
        lines += [f"## {chapter.title}", f"### {words['ran']}", *chapter.ran, f"### {words['found']}", *chapter.found]
        if chapter.figures:
            lines.append(f"### {words['figures']}")
        for name, caption in chapter.figures.items():
            path = f"{chapter.name}/figures/{name}"
            said = f"{words['figure'].format(n=next(numbers))} {caption}"
            lines += [f"[![{name}]({path}.png)]({path}.pdf)", said]
        lines.append(f"### {words['tables']}")
        lines += [to_markdown(sheet).strip() for sheet in chapter.sheets.values()]
        lines += [words["more"].format(folder=f"`{chapter.name}/tables`"), f"### {words['again']}", words["command"]]
        lines += [f"```sh\n{chapter.command}\n```", _digests(chapter, words), _versions(chapter.manifest, words)]
    lines += [words["report"], f"```sh\n{command}\n```"]
    return "\n\n".join(lines) + "\n"


def mixed(chapters: Sequence[Chapter], language: str) -> list[str]:
    """Return a warning if the chapters were not all made by the same code of the model."""
    codes = list(dict.fromkeys(chapter.manifest["code"][:10] for chapter in chapters))
    return [WORDS[language]["mixed"].format(n=len(codes), codes=", ".join(codes))] if len(codes) > 1 else []


def html(text: str, language: str) -> str:
    """Return the Markdown as a page of its own; it asks the network for nothing and runs nothing."""
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    tag = "zh-Hans" if language == "zh" else "en"
    policy = "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'"
    head = [
        f'<meta charset="utf-8"><title>{WORDS[language]["title"]}</title>',
        '<meta name="viewport" content="width=device-width">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        f"<style>{_STYLE}</style>",
    ]
    return f'<!doctype html>\n<html lang="{tag}">\n<head>{"".join(head)}</head>\n<body>\n{body}</body>\n</html>\n'


def latex(chapters: Sequence[Chapter], language: str) -> str:
    """Return a LaTeX document of all figures and tables, each to be copied into a paper; Chinese needs XeLaTeX."""
    words, chinese = WORDS[language], language == "zh"
    lines = [
        "\\documentclass{ctexart}" if chinese else "\\documentclass{article}",
        "\\usepackage[margin=2cm]{geometry}",
        "\\usepackage{array,booktabs,longtable,graphicx}",
        "\\begin{document}",
        "\\setlength{\\LTcapwidth}{\\linewidth}",
        f"\\section*{{{escape(words['title'])}}}",
        escape(words["care"]),
        *_paragraphs(mixed(chapters, language)),
    ]
    for chapter in chapters:
        lines.append(f"\\section{{{escape(chapter.title)}}}")
        lines += _paragraphs([*chapter.ran, *chapter.found])
        for name, caption in chapter.figures.items():
            path = f"{chapter.name}/figures/{name}.pdf"
            lines += ["\\begin{figure}[htbp]\\centering", f"\\includegraphics[width=\\linewidth]{{{path}}}"]
            lines += [f"\\caption{{{escape(caption)}}}\\label{{fig:{chapter.title}:{name}}}", "\\end{figure}"]
        lines.append("\\begingroup\\footnotesize\\setlength{\\tabcolsep}{4pt}")
        lines += [f"\\input{{{chapter.name}/tables/{name}.tex}}" for name in chapter.sheets]
        command = re.sub(r"([/=,])", r"\1\\allowbreak{}", escape(chapter.command))
        lines += ["\\endgroup", "", f"\\noindent{{\\raggedright\\ttfamily {command}\\par}}"]
        lines += _paragraphs([_digests(chapter, words), _versions(chapter.manifest, words)])
    return "\n".join([*lines, "\\end{document}"]) + "\n"


def tables(chapter: Chapter, language: str) -> dict[str, str]:
    """Return the tables of a chapter as files: name with ending -> text."""
    out = {}
    for name, sheet in (chapter.more | chapter.sheets).items():
        out[f"{name}.md"] = to_markdown(sheet)
        out[f"{name}.tex"] = to_latex(sheet, f"tab:{chapter.title}:{name}", language == "zh")
    return out


def _paragraphs(texts: Sequence[str]) -> list[str]:
    """Return Markdown texts as paragraphs of LaTeX."""
    bold = [re.sub(r"\*\*(.+?)\*\*", r"\\textbf{\1}", escape(text)) for text in texts]
    return [part for text in bold for part in ("", text)]


def _digests(chapter: Chapter, words: dict[str, str]) -> str:
    code, commit = (chapter.manifest[key][:10] for key in ("code", "commit"))
    return words["digest"].format(digest=chapter.digest, code=code, commit=commit)


def _versions(manifest: dict[str, Any], words: dict[str, str]) -> str:
    listed = ", ".join(f"{name} {version}" for name, version in manifest["packages"].items())
    return words["versions"].format(python=manifest["python"], packages=listed, **manifest["machine"])
