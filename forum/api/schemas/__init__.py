"""What goes in and out, as marshmallow schemas: they read, write and describe at once."""
