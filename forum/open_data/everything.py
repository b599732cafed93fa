"""All sets there are, in the order in which they are told."""

from forum.open_data.adoptions import ADOPTIONS
from forum.open_data.datasets import Dataset
from forum.open_data.failures import FAILURES
from forum.open_data.missing import MISSING
from forum.open_data.practices import PRACTICES
from forum.open_data.reference import MUNICIPALITIES, NOMINATIONS, OBSTACLES, REGIONS, STATISTICS
from forum.open_data.requests import REQUESTS

DATASETS: dict[str, Dataset] = {
    one.name: one for one in (PRACTICES, ADOPTIONS, REQUESTS, REGIONS, MUNICIPALITIES, NOMINATIONS, OBSTACLES, STATISTICS)
}
# What pages list besides: the dump has the practices and refusals among the others, and no questions.
LISTED: dict[str, Dataset] = {one.name: one for one in (FAILURES, MISSING)}
