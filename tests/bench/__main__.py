"""`make bench`: median and slowest tenth of each page, and its queries, on the embedded server with sixty cases.

Whole requests through Django without a network, one colleague at a time. Times are of this machine and this moment;
compare only runs made one after the other.
"""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()
    from tests.bench.pages import main

    main()
