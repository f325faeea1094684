"""`make bench`: measures, prints, and ends with 1 when a goal is missed by more than the spread.

With WRITE_PERFORMANCE=1 the table goes into docs/performance.md too. It needs no server and takes a few minutes.
"""

from __future__ import annotations

import os
import sys
import time

import django


def main() -> int:
    from avhopp.database.testing import migrated_template, pointing_at
    from tests.bench import made, many, pages, report, starting, writing
    from tests.bench.floor.models import make_tables

    begun = time.monotonic()
    results = starting.compare()
    with migrated_template() as template:
        with pointing_at(urls=template.clone(name="bench")):
            make_tables()
            universe = made.make()
            print(f"made after {time.monotonic() - begun:.0f} s", file=sys.stderr)
            results = [*pages.compare(universe), *writing.compare(universe), *results]
            results += many.compare(universe)
        template.drop(name="bench")
    print(report.table(results))
    if os.environ.get("WRITE_PERFORMANCE"):
        report.write(results)
    return report.status(results)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()
    sys.exit(main())
