"""How tests of properties are run: as many examples as tell something, and no judgement on how long a busy machine takes."""

from hypothesis import HealthCheck, settings

STEADY = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
