"""The usual way: a project on stock django-tenants with the very same loyalty app, in the same database as ours."""
