"""The choices that forms offer, and the names of rows for views."""

from followup.models import Agreement as Agreement
from followup.models import Indicator as Indicator
from followup.models import Measure as Measure
from followup.models import MeasureState as MeasureState
from followup.models import Neighbour as Neighbour
from followup.models import PriorityArea as Area
from followup.models import PublicationPlan as Plan
from followup.models import Release as Release

__all__ = ["Agreement", "Area", "Indicator", "Measure", "MeasureState", "Neighbour", "Plan", "Release"]
