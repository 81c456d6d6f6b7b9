"""Write docs/odd.md, the model by the ODD protocol: `python -m experiments.odd`.

The prose stands in docs/templates/odd.md; tables and submodels are made from the code. With --check nothing is
written; the exit code is 1 if the page does not say what the code says.
"""

from __future__ import annotations

import re
import sys

from experiments.pages import DOCS, write_or_check

PAGE = DOCS / "odd.md"
TEMPLATE = DOCS / "templates" / "odd.md"
MODULE = "experiments.odd"


def page() -> str:
    """Return the whole page. Raises LookupError if the template and the parts that are made do not match."""
    from experiments import odd_details, odd_overview

    parts = {**odd_overview.PARTS, **odd_details.PARTS}
    text = TEMPLATE.read_text(encoding="utf-8")
    asked = re.findall(r"\{\{(\w+)\}\}", text)
    wrong = set(asked) ^ set(parts)
    if wrong:
        raise LookupError(f"docs/templates/odd.md and the parts made from the code differ: {', '.join(sorted(wrong))}")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]]().rstrip("\n"), text)


def main() -> int:
    """Write or check the page and return the exit code."""
    return write_or_check(PAGE, MODULE, __doc__ or "", page)


if __name__ == "__main__":
    sys.exit(main())
