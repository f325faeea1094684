"""The tables of the follow-up. No person and no case is reachable from here."""

from followup.models.agreement import Agreement as Agreement
from followup.models.agreement import Indicator as Indicator
from followup.models.agreement import Measure as Measure
from followup.models.agreement import MeasureState as MeasureState
from followup.models.agreement import Narrative as Narrative
from followup.models.agreement import PriorityArea as PriorityArea
from followup.models.agreement import PublicationPlan as PublicationPlan
from followup.models.agreement import TypedFigure as TypedFigure
from followup.models.facts import Fact as Fact
from followup.models.facts import Heard as Heard
from followup.models.ledger import Certificate as Certificate
from followup.models.ledger import KnownElsewhere as KnownElsewhere
from followup.models.ledger import Progress as Progress
from followup.models.ledger import Release as Release
from followup.models.ledger import SigningKey as SigningKey
from followup.models.ledger import Statement as Statement
from followup.models.neighbours import Neighbour as Neighbour
from followup.models.neighbours import NeighbourRelease as NeighbourRelease
