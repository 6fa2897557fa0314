"""Who the tenants are, in the words of django-tenants' documentation."""
