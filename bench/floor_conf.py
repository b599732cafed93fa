"""gunicorn's settings for the floor: those of the site, without the hooks that know the site."""

import runpy
from pathlib import Path

_site = runpy.run_path(str(Path(__file__).parent.parent / "gunicorn.conf.py"))
globals().update({name: value for name, value in _site.items() if not name.startswith("_") and not callable(value)})
