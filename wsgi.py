"""What gunicorn and the flask command load."""

from forum import create_app

app = create_app()
