"""How gunicorn serves the forum: two processes of four threads, nothing trusted that a client can forge."""

import os
import sys
import threading

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
if bind.count(":") > 1:  # an IPv6 address takes brackets before its port
    bind = "[{}]:{}".format(*bind.rsplit(":", 1))

# Threads; what it refuses by itself it refuses in words.
worker_class = "forum.web.gateway.Worker"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# One import for all workers: half the start time and shared memory. Open connections must not cross the fork, see below.
preload_app = True

timeout = 60
graceful_timeout = 25  # below the supervisor's stopwaitsecs, so that requests in flight end before a kill
keepalive = 5
# Heartbeat files on a disk can stall a worker when the disk does.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
# The runtime control interface is one more way in, and nothing here uses it.
control_socket_disable = True

limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190
# gunicorn believes nobody's X-Forwarded-*; the application does where FORUM_PROXIES says that proxies stand before it.
forwarded_allow_ips = ""

accesslog = None
errorlog = "-"
loglevel = "warning"


def when_ready(server):
    """Say where the site is, once it really listens."""
    addresses = ", ".join(str(listener) for listener in server.LISTENERS)
    sys.stderr.write(f"The forum is ready at {addresses}\n")
    sys.stderr.flush()


def post_worker_init(worker):
    """Leave nobody at the door."""
    from forum.web import leaving

    leaving.prepare(worker)


def post_fork(server, worker):
    """Give each worker connections of its own; close=False leaves the parent's alone."""
    from forum.extensions import db

    with worker.app.wsgi().app_context():
        db.engine.dispose(close=False)
    # The dictionary and the index are opened now, not while the first reader waits.
    threading.Thread(target=warm, args=(worker.app.wsgi(),), daemon=True).start()


def warm(app):
    """Imported here, after the fork: the process that only starts others needs none of it."""
    from forum.search import warming

    warming.begin(app)
