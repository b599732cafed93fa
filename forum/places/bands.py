"""Bands by which places, and what things cost there, are counted and filtered. The keys stand in addresses."""

# By key: from and below.
Bands = dict[str, tuple[int, int | None]]

# Residents.
POPULATIONS: Bands = {"0-5": (0, 5_000), "5-50": (5_000, 50_000), "50-250": (50_000, 250_000), "250-": (250_000, None)}
# Roubles per resident.
COSTS: Bands = {"0-100": (0, 100), "100-500": (100, 500), "500-": (500, None)}


def band(value: float | None, bands: Bands) -> str | None:
    """The key of the band a value lies in; None where it is not known."""
    if value is None:
        return None
    return next((key for key, (least, below) in bands.items() if value >= least and (below is None or value < below)), None)
