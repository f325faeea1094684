"""What the record tells of keys."""

from audit.events import Kind, declare
from avhopp.translation import gettext_noop

EPOCH_MADE = declare("keys.epoch_made", Kind.KEY, gettext_noop("skapade en ny nyckel för perioden"))
DATA_KEYS_MADE = declare("keys.data_keys_made", Kind.KEY, gettext_noop("gav ärenden nya datanycklar"))
REWRAPPED = declare("keys.rewrapped", Kind.KEY, gettext_noop("slog in datanycklar på nytt"))
RESEALED = declare("keys.resealed", Kind.KEY, gettext_noop("krypterade om uppgifter med nya nycklar"))
DATA_KEYS_RETIRED = declare("keys.data_keys_retired", Kind.KEY, gettext_noop("tog bort gamla datanycklar"))
ADOPTED = declare("keys.adopted", Kind.KEY, gettext_noop("förseglade det som stod i klartext"))
FILES_DESTROYED = declare("keys.files_destroyed", Kind.KEY, gettext_noop("gallrade en persons ärenden"))
EPOCH_DESTROYED = declare(
    "keys.epoch_destroyed", Kind.KEY, gettext_noop("förstörde en gammal periods nyckel")
)
